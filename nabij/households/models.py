"""Ties between persons who are helped, who is approached apart, and what was decided about a guardian."""

from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from nabij.cases.models import Case
from nabij.households.content import inverse
from nabij.kit.models import Record
from nabij.people.models import Person


class Tie(Record):
    """Two persons who are helped and belong together (familieband); `kind` is what `second` is of `first`."""

    first = models.ForeignKey(Person, verbose_name="persoon", related_name="+", on_delete=models.CASCADE)
    second = models.ForeignKey(Person, verbose_name="de ander", related_name="+", on_delete=models.CASCADE)
    kind = models.CharField("band", max_length=20)
    is_same_house = models.BooleanField("woont in hetzelfde huis", default=False)
    written_at = models.DateTimeField("opgeschreven op")
    written_by = models.UUIDField("opgeschreven door", null=True)
    ended_at = models.DateTimeField("beëindigd op", null=True)
    ended_by = models.UUIDField("beëindigd door", null=True)

    class Meta:
        verbose_name = "familieband"
        verbose_name_plural = "familiebanden"
        constraints = [
            models.CheckConstraint(condition=~Q(first=F("second")), name="nobody_is_tied_to_themself"),
            models.UniqueConstraint(
                Least("first", "second"), Greatest("first", "second"),
                condition=Q(ended_at__isnull=True), name="two_people_have_one_tie",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("written_at")),
                name="a_tie_ends_after_it_was_written",
            ),
        ]  # fmt: skip

    class Privacy:
        personal = ("first", "second", "kind", "is_same_house")
        harmless = ("id", "written_at", "written_by", "ended_at", "ended_by")

    def has(self, person_id: UUID) -> bool:
        """Whether this person is one of the two."""
        return person_id in (self.first_id, self.second_id)

    def other_than(self, person_id: UUID) -> UUID:
        """The other end."""
        return self.second_id if self.first_id == person_id else self.first_id

    def kind_seen_by(self, person_id: UUID) -> str:
        """What the other end is of this person."""
        return self.kind if self.first_id == person_id else inverse(self.kind)


class Apart(Record):
    """Two tied persons are approached apart (apart benaderen); the reason belongs to one file."""

    tie = models.ForeignKey(Tie, verbose_name="band", related_name="aparts", on_delete=models.CASCADE)
    person = models.ForeignKey(
        Person, verbose_name="in het dossier van", related_name="+", on_delete=models.CASCADE
    )
    reason_sealed = models.BinaryField("reden", blank=True)
    is_automatic = models.BooleanField("door de conflictcontrole", default=False)
    marked_at = models.DateTimeField("sinds")
    marked_by = models.UUIDField("door", null=True)
    ended_at = models.DateTimeField("beëindigd op", null=True)
    ended_by = models.UUIDField("beëindigd door", null=True)
    end_reason_sealed = models.BinaryField("waarom niet meer", blank=True)

    class Meta:
        verbose_name = "apart benaderen"
        verbose_name_plural = "apart benaderen"
        constraints = [
            models.UniqueConstraint(
                fields=["tie"], condition=Q(ended_at__isnull=True), name="apart_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(is_automatic=True) | ~Q(reason_sealed=b""), name="apart_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | ~Q(end_reason_sealed=b""),
                name="no_longer_apart_with_a_reason",
            ),
        ]

    class Privacy:
        personal = ("tie", "person", "reason_sealed", "end_reason_sealed")
        harmless = ("id", "is_automatic", "marked_at", "marked_by", "ended_at", "ended_by")


class TieProposal(Record):
    """A tie to a case that its writer may not open (voorgestelde familieband): the leaders of both decide."""

    case = models.ForeignKey(Case, verbose_name="dossier", related_name="+", on_delete=models.CASCADE)
    other = models.ForeignKey(Case, verbose_name="ander dossier", related_name="+", on_delete=models.CASCADE)
    kind = models.CharField("band", max_length=20)
    is_same_house = models.BooleanField("woont in hetzelfde huis", default=False)
    made_at = models.DateTimeField("voorgesteld op")
    made_by = models.UUIDField("voorgesteld door", null=True)
    decided_at = models.DateTimeField("besloten op", null=True)
    decided_by = models.UUIDField("besloten door", null=True)
    is_accepted = models.BooleanField("overgenomen", null=True)

    class Meta:
        verbose_name = "voorgestelde familieband"
        verbose_name_plural = "voorgestelde familiebanden"
        constraints = [
            models.UniqueConstraint(
                Least("case", "other"), Greatest("case", "other"),
                condition=Q(decided_at__isnull=True), name="proposed_once_from_either_side",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, is_accepted__isnull=True)
                | Q(decided_at__isnull=False, is_accepted__isnull=False),
                name="a_proposal_is_decided_with_an_answer",
            ),
        ]  # fmt: skip

    class Privacy:
        personal = ("case", "other", "kind", "is_same_house")
        harmless = ("id", "made_at", "made_by", "decided_at", "decided_by", "is_accepted")


class Assent(Record):
    """A leader's yes for one of two people (instemming): to no longer apart, or to a proposed tie.

    Both people need one, so that neither team decides about the other's.
    """

    apart = models.ForeignKey(
        Apart, verbose_name="apart benaderen", null=True, related_name="assents", on_delete=models.CASCADE
    )
    proposal = models.ForeignKey(
        TieProposal, verbose_name="voorgestelde familieband", null=True, related_name="assents",
        on_delete=models.CASCADE,
    )  # fmt: skip
    person = models.ForeignKey(
        Person, verbose_name="in het dossier van", related_name="+", on_delete=models.CASCADE
    )
    reason_sealed = models.BinaryField("reden", blank=True)
    at = models.DateTimeField("op")
    by = models.UUIDField("door", null=True)

    class Meta:
        verbose_name = "instemming"
        verbose_name_plural = "instemmingen"
        constraints = [
            models.CheckConstraint(
                condition=Q(apart__isnull=True) ^ Q(proposal__isnull=True), name="an_assent_is_to_one_thing"
            ),
            models.UniqueConstraint(fields=["apart", "person"], name="one_assent_to_ending_for_each"),
            models.UniqueConstraint(fields=["proposal", "person"], name="one_assent_to_a_tie_for_each"),
        ]

    class Privacy:
        personal = ("apart", "proposal", "person", "reason_sealed")
        harmless = ("id", "at", "by")


class GuardianDecision(Record):
    """Whether the guardian of a child is the danger (besluit over de voogd); the newest one holds."""

    case = models.ForeignKey(Case, verbose_name="dossier", related_name="+", on_delete=models.CASCADE)
    is_danger = models.BooleanField("de voogd is het gevaar")
    reason_sealed = models.BinaryField("reden")
    at = models.DateTimeField("besloten op")
    by = models.UUIDField("besloten door", null=True)

    class Meta:
        verbose_name = "besluit over de voogd"
        verbose_name_plural = "besluiten over de voogd"
        constraints = [
            models.CheckConstraint(condition=~Q(reason_sealed=b""), name="a_guardian_is_judged_with_a_reason")
        ]

    class Privacy:
        personal = ("case", "is_danger", "reason_sealed")
        harmless = ("id", "at", "by")
