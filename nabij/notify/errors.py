"""Why a message did not arrive, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_WORDS = {
    "no_contact_point": _("Er is geen nummer of adres bekend."),
    "no_safe_contact_point": _("Er is geen veilig nummer of adres bekend."),
    "erased": _("De gegevens zijn gewist."),
    "timeout": _("De bezorger gaf geen antwoord."),
    "no_connection": _("De bezorger was niet te bereiken."),
    "not_delivered": _("De bezorger kon het niet afleveren."),
    "unknown_service": _("Dit adres klopt niet."),
    "service_refused": _("De dienst weigerde het bericht."),
}


def in_words(code: str) -> Promise | str:
    """The reason for a desk; a code without words of its own is a refusal."""
    if not code:
        return _("Verstuurd, maar de bezorger meldt niet dat het aankwam.")
    return _WORDS.get(code, _("De bezorger weigerde het bericht."))
