"""A file as it is kept: written anew, or refused in words beside the field."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from nabij.documents.apart import rewrite_apart
from nabij.documents.content import limits
from nabij.documents.rewriting import Refused

MEGA = 1_000_000


def written_anew(content: bytes) -> tuple[str, bytes]:
    """The new file; ValidationError with a sentence for each reason to refuse."""
    most = limits()
    try:
        return rewrite_apart(content, most)
    except Refused as why:
        said = {
            "large": _("Dit bestand is te groot. Kies een bestand tot %(size)s MB.")
            % {"size": most.largest_file // MEGA},
            "form": _("Dit bestand nemen wij niet aan. Kies een foto (JPEG, PNG of WebP) of een PDF."),
            "pixels": _("Deze foto is te groot. Maak de foto kleiner en kies hem opnieuw."),
            "pages": _("Deze PDF heeft te veel bladzijden. Kies een PDF tot %(pages)s bladzijden.")
            % {"pages": most.most_pages},
            "busy": _("Het is nu druk met bestanden. Probeer het over een minuut opnieuw."),
        }
        unreadable = _("Wij kunnen dit bestand niet lezen. Is het beschadigd, of zit er een wachtwoord op?")
        raise ValidationError({"file": said.get(str(why), unreadable)}) from why
