"""Calendar feeds behind a secret that can be revoked."""

from django.db import models
from django.db.models import Q

from nabij.accounts.models import Membership, Team
from nabij.kit.models import Record


class Feed(Record):
    """A link to a calendar with duties (agendalink): one's own, or those of a team without names."""

    membership = models.ForeignKey(
        Membership, verbose_name="van wie", related_name="+", on_delete=models.CASCADE
    )
    team = models.ForeignKey(Team, verbose_name="team", null=True, related_name="+", on_delete=models.CASCADE)
    token_hash = models.BinaryField("afdruk van de link", unique=True)
    created_at = models.DateTimeField("gemaakt op")
    read_at = models.DateTimeField("laatst gelezen op", null=True)
    revoked_at = models.DateTimeField("ingetrokken op", null=True)

    class Meta:
        verbose_name = "agendalink"
        verbose_name_plural = "agendalinks"
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "team"], condition=Q(revoked_at__isnull=True), nulls_distinct=False,
                name="one_link_at_a_time",
            )
        ]  # fmt: skip

    class Privacy:
        harmless = ("id", "membership", "team", "token_hash", "created_at", "read_at", "revoked_at")
