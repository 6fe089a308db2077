"""As what somebody stands inside, and who decides for whom."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Relation(models.TextChoices):
    """As what somebody was let in; it decides which group later, and what is shown."""

    BEREAVED = "bereaved", _("nabestaanden")
    INJURED = "injured", _("gewonden en hun familie")
    RESIDENTS = "residents", _("bewoners")
    WITNESSES = "witnesses", _("getuigen")
    RESPONDERS = "responders", _("hulpverleners")
    APART = "apart", _("familie van een verdachte, altijd apart")


# an offender's relatives are never in a group with others (iac.md §6.8): for them there is none here
GROUPS = tuple(each for each in Relation if each != Relation.APART)


class AgeClass(models.TextChoices):
    """Who decides: from 16 years alone, younger with the guardian (iac.md §6.6)."""

    CHILD = "child", _("jonger dan 12")
    YOUTH = "youth", _("12 tot en met 15")
    OLDER = "older", _("16 of ouder")
