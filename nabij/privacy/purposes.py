"""The purposes for which personal data may be kept and read; a record is usable for its own purpose only."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Purpose(TextChoices):
    """What data are for (doel); a new purpose needs a new basis, never a wider reading of an old one."""

    AFTERCARE = "aftercare", _("nazorg")
    EMERGENCY_RECEPTION = "emergency_reception", _("opvang")
    CLAIMS = "claims", _("schade verhalen")
    PREVENTION = "prevention", _("preventie")
    QUALITY = "quality", _("kwaliteit")
    TRAINING = "training", _("opleiding")
    LEGAL_DUTY = "legal_duty", _("wettelijke plicht")
    OWN_SPACE = "own_space", _("eigen gegevens bekijken")
