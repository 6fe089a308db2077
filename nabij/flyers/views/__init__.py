"""Pages of flyers and letters."""

from nabij.flyers.views.editions import approve, edit, picture, preview, refuse, send, withdraw
from nabij.flyers.views.leaflets import home, leaflet, leaflets, start, waiting
from nabij.flyers.views.printing import again, job, letters, letters_pdf, print_leaflet, progress

__all__ = [
    "again", "approve", "edit", "home", "job", "leaflet", "leaflets", "letters", "letters_pdf", "picture",
    "preview", "print_leaflet", "progress", "refuse", "send", "start", "waiting", "withdraw",
]  # fmt: skip
