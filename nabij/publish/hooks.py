"""What publishing adds to the house: its verb for the trail."""

from nabij.audit import trail

trail.register({"pages.released": "Openbare pagina's vernieuwd"})
