"""What publishing adds to the house: its verb for the trail."""

from django.utils.translation import gettext_lazy

from nabij.audit import trail

trail.register({"pages.released": gettext_lazy("Openbare pagina's vernieuwd")})
