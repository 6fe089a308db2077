"""A person who is helped, and the wish to be contacted."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.incidents.models import Incident
from nabij.kit.models import Record


class Person(Record):
    """Somebody who is helped (persoon); all that names or reaches them is sealed with a key of their own."""

    created_at = models.DateTimeField("gemaakt op")
    language = models.CharField("taal", max_length=8)
    name_sealed = models.BinaryField("naam")
    phone_sealed = models.BinaryField("telefoon", blank=True)
    email_sealed = models.BinaryField("e-mail", blank=True)
    preferred_way_sealed = models.BinaryField("liefst bereikt via", blank=True)
    preferred_time_sealed = models.BinaryField("liefst bereikt op", blank=True)
    safe_to_call_sealed = models.BinaryField("veilig om te bellen", blank=True)
    address_sealed = models.BinaryField("adres", blank=True)
    has_phone = models.BooleanField("heeft telefoon opgegeven")
    has_email = models.BooleanField("heeft e-mail opgegeven")

    class Meta:
        verbose_name = "persoon"
        verbose_name_plural = "personen"

    class Privacy:
        personal = (
            "language", "name_sealed", "phone_sealed", "email_sealed", "preferred_way_sealed",
            "preferred_time_sealed", "safe_to_call_sealed", "address_sealed",
        )  # fmt: skip
        harmless = ("id", "created_at", "has_phone", "has_email")

    def __str__(self) -> str:
        return f"persoon {self.pk}"


class WishState(models.TextChoices):
    """Where a wish for contact stands."""

    OPEN = "open", _("open")
    TAKEN = "taken", _("opgepakt")
    DONE = "done", _("gesproken")
    CANCELLED = "cancelled", _("ingetrokken")


class ContactWish(Record):
    """Somebody wants to be contacted (contactwens); whoever can help pulls it from here."""

    person = models.ForeignKey(
        Person, verbose_name="persoon", related_name="contact_wishes", on_delete=models.CASCADE
    )
    incident = models.ForeignKey(
        Incident, verbose_name="gebeurtenis", null=True, related_name="+", on_delete=models.PROTECT
    )
    source = models.CharField("komt van", max_length=20)
    state = models.CharField("stand", max_length=12, choices=WishState.choices, default=WishState.OPEN)
    is_urgent = models.BooleanField("vandaag nodig")
    consent_version = models.CharField("versie van de tekst bij het ja", max_length=40, blank=True)
    created_at = models.DateTimeField("gemaakt op")

    class Meta:
        verbose_name = "contactwens"
        verbose_name_plural = "contactwensen"
        constraints = [
            models.UniqueConstraint(fields=["person", "source"], name="one_wish_per_person_and_source"),
            models.CheckConstraint(condition=Q(state__in=WishState.values), name="a_wish_has_a_known_state"),
        ]
        indexes = [
            models.Index(fields=["created_at"], name="open_wishes", condition=Q(state=WishState.OPEN)),
        ]

    class Privacy:
        personal = ("person", "is_urgent")
        harmless = ("id", "incident", "source", "state", "consent_version", "created_at")
