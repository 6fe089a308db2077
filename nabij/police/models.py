"""How many people were hit, as the municipality is told it: an event, a number, no names."""

from django.db import models
from django.db.models import F, Q

from nabij.accounts.models import Municipality
from nabij.kit.models import Record


class Headcount(Record):
    """People hit by one event in a municipality, with or without help (telling voor de gemeente)."""

    municipality = models.ForeignKey(
        Municipality, verbose_name="gemeente", related_name="+", on_delete=models.PROTECT
    )
    topic = models.CharField("soort gebeurtenis", max_length=40)
    happened_on = models.DateField("gebeurd op")
    affected = models.PositiveIntegerField("getroffen", default=0)
    children = models.PositiveIntegerField("kinderen", default=0)
    told_at = models.DateTimeField("doorgegeven op")

    class Meta:
        verbose_name = "telling voor de gemeente"
        verbose_name_plural = "tellingen voor de gemeente"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "topic", "happened_on"], name="one_headcount_per_event_and_day"
            ),
            models.CheckConstraint(
                condition=Q(children__lte=F("affected")), name="no_more_children_than_people"
            ),
        ]

    class Privacy:
        harmless = ("id", "municipality", "topic", "happened_on", "affected", "children", "told_at")

    def __str__(self) -> str:
        return f"{self.topic} {self.happened_on}"
