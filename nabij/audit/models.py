"""The trail (what happened) and the read log (who opened what, and why); append-only for the application."""

from django.db import models


class TrailEntry(models.Model):
    """One thing that happened (spoorregel): a verb and ids, no text; it outlives its subject."""

    id = models.BigAutoField(primary_key=True)
    verb = models.CharField("wat", max_length=60)
    at = models.DateTimeField("moment", db_index=True)
    actor_kind = models.CharField("soort handelaar", max_length=20)
    actor_id = models.UUIDField("handelaar", null=True)
    organisation_id = models.UUIDField("organisatie", null=True)
    subject_kind = models.CharField("soort onderwerp", max_length=60)
    subject_id = models.UUIDField("onderwerp")
    thread_id = models.UUIDField("hoort bij", null=True)
    facts = models.JSONField("feiten", default=dict)

    class Meta:
        verbose_name = "spoorregel"
        verbose_name_plural = "spoor"
        indexes = [
            models.Index(fields=["thread_id", "id"], name="trail_thread"),
            models.Index(fields=["subject_id", "id"], name="trail_subject"),
        ]

    class Privacy:
        harmless = (
            "id", "verb", "at", "actor_kind", "actor_id", "organisation_id", "subject_kind", "subject_id",
            "thread_id", "facts",
        )  # fmt: skip


class ReadEntry(models.Model):
    """One look at one person's data (inzageregel), by whom and for which purpose."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField("moment", db_index=True)
    person_id = models.UUIDField("persoon", db_index=True)
    actor_kind = models.CharField("soort handelaar", max_length=20)
    actor_id = models.UUIDField("handelaar", null=True)
    organisation_id = models.UUIDField("organisatie", null=True)
    role = models.CharField("rol", max_length=40, blank=True)
    purpose = models.CharField("doel", max_length=40)

    class Meta:
        verbose_name = "inzageregel"
        verbose_name_plural = "inzagelog"

    class Privacy:
        harmless = ("id", "at", "person_id", "actor_kind", "actor_id", "organisation_id", "role", "purpose")
