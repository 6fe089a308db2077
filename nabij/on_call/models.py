"""What was answered to who asked for help, and who is deployed."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Membership, Team
from nabij.incidents.models import HelpRequest, Incident
from nabij.kit.models import Record
from nabij.on_call.routes import Route
from nabij.paging.models import Ask, Page

COORDINATOR, WORKERS = "coordinator", "workers"


class HelpAnswer(Record):
    """What was decided and said at once on a request for help (hulpantwoord)."""

    request = models.OneToOneField(
        HelpRequest, verbose_name="hulpverzoek", related_name="help_answer", on_delete=models.CASCADE
    )
    route = models.CharField("route", max_length=12, choices=Route.choices)
    team = models.ForeignKey(Team, verbose_name="team", null=True, related_name="+", on_delete=models.PROTECT)
    other_teams = models.ManyToManyField(Team, verbose_name="ook ingelichte teams", related_name="+")
    page = models.ForeignKey(
        Page, verbose_name="oproep", null=True, related_name="+", on_delete=models.PROTECT
    )
    first_seat = models.CharField("wie het eerst wordt opgeroepen", max_length=20, blank=True)
    was_line_open = models.BooleanField("advieslijn was open")
    call_expected_at = models.DateTimeField("belafspraak", null=True)
    paging_failed_at = models.DateTimeField("oproepen mislukt op", null=True)
    token_hash = models.BinaryField("afdruk van de link", null=True, unique=True)
    link_expires_at = models.DateTimeField("link geldig tot", null=True)
    made_at = models.DateTimeField("gemaakt op")

    class Meta:
        verbose_name = "hulpantwoord"
        verbose_name_plural = "hulpantwoorden"
        constraints = [
            models.CheckConstraint(condition=Q(route__in=Route.values), name="a_known_route"),
            models.CheckConstraint(
                condition=~Q(route=Route.PAGE) | Q(page__isnull=False) | Q(paging_failed_at__isnull=False),
                name="paged_or_said_that_it_failed",
            ),
            models.CheckConstraint(
                condition=Q(token_hash__isnull=True, link_expires_at__isnull=True)
                | Q(token_hash__isnull=False, link_expires_at__isnull=False),
                name="a_link_to_an_answer_expires",
            ),
        ]

    class Privacy:
        harmless = (
            "id", "request", "route", "team", "other_teams", "page", "first_seat", "was_line_open",
            "call_expected_at", "paging_failed_at", "token_hash", "link_expires_at", "made_at",
        )  # fmt: skip

    @property
    def has_failed(self) -> bool:
        """Whether paging failed and nobody started it again."""
        return self.paging_failed_at is not None and self.page_id is None

    @property
    def waits_for_control_room(self) -> bool:
        """Whether this region wants a confirmation first, and nobody is paged yet."""
        return self.route == Route.CONFIRM and self.page_id is None

    @property
    def can_be_paged(self) -> bool:
        """Whether nobody is paged for this request yet."""
        return self.page_id is None


class DeploymentState(models.TextChoices):
    """How far somebody who said yes is."""

    COMING = "coming", _("komt")
    ON_THE_WAY = "on_the_way", _("onderweg")
    ON_SITE = "on_site", _("ter plaatse")
    DONE = "done", _("klaar")
    WITHDRAWN = "withdrawn", _("niet meer nodig")
    SILENT = "silent", _("zei ja, daarna stil")


S = DeploymentState
# Who coordinates by phone is done without having been on site.
ALLOWED: dict[str, set[str]] = {
    S.COMING: {S.ON_THE_WAY, S.DONE, S.WITHDRAWN, S.SILENT},
    S.SILENT: {S.ON_THE_WAY, S.WITHDRAWN},
    S.ON_THE_WAY: {S.ON_SITE, S.WITHDRAWN},
    S.ON_SITE: {S.DONE},
    S.DONE: set(),
    S.WITHDRAWN: set(),
}
ACTIVE = (S.COMING, S.ON_THE_WAY, S.ON_SITE)
RECALLABLE = (S.COMING, S.ON_THE_WAY)


class DeploymentQuerySet(models.QuerySet["Deployment"]):
    """Deployments, chainable."""

    def active(self) -> "DeploymentQuerySet":
        """Those who are coming, on the way or on site."""
        return self.filter(state__in=ACTIVE)


class Deployment(Record):
    """One member of staff who said yes and goes to an incident (inzet), each step with its moment."""

    incident = models.ForeignKey(
        Incident, verbose_name="gebeurtenis", related_name="deployments", on_delete=models.PROTECT
    )
    membership = models.ForeignKey(Membership, verbose_name="wie", related_name="+", on_delete=models.PROTECT)
    ask = models.OneToOneField(Ask, verbose_name="vraag", related_name="+", on_delete=models.PROTECT)
    kind = models.CharField("als wat", max_length=40)
    state = models.CharField("stand", max_length=12, choices=S.choices, default=S.COMING)
    coming_at = models.DateTimeField("ja gezegd op")
    on_the_way_at = models.DateTimeField("onderweg op", null=True)
    on_site_at = models.DateTimeField("ter plaatse op", null=True)
    done_at = models.DateTimeField("klaar op", null=True)
    withdrawn_at = models.DateTimeField("niet meer nodig op", null=True)
    reminded_at = models.DateTimeField("herinnerd op", null=True)
    silent_at = models.DateTimeField("als stil geteld op", null=True)
    expected_at = models.DateTimeField("verwacht om", null=True)

    objects = DeploymentQuerySet.as_manager()

    class Meta:
        verbose_name = "inzet"
        verbose_name_plural = "inzetten"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=S.values), name="a_known_deployment_state"),
            models.UniqueConstraint(
                fields=["incident", "membership"],
                condition=Q(state__in=ACTIVE),
                name="deployed_once_at_a_time",
            ),
            *(
                models.CheckConstraint(
                    condition=~Q(state=state) | Q(**{f"{state}_at__isnull": False}),
                    name=f"a_deployment_{state}_has_its_moment",
                )
                for state in (
                    S.ON_THE_WAY.value,
                    S.ON_SITE.value,
                    S.DONE.value,
                    S.WITHDRAWN.value,
                    S.SILENT.value,
                )
            ),
        ]

    class Privacy:
        harmless = (
            "id", "incident", "membership", "ask", "kind", "state", "coming_at", "on_the_way_at",
            "on_site_at", "done_at", "withdrawn_at", "reminded_at", "silent_at", "expected_at",
        )  # fmt: skip

    @property
    def is_active(self) -> bool:
        """Whether this person still comes, is on the way or on site."""
        return self.state in ACTIVE

    @property
    def state_since(self) -> datetime:
        """The moment of the present state."""
        moment: datetime = getattr(self, f"{self.state}_at")
        return moment


class Receiver(models.TextChoices):
    """Who goes on with the help after the night."""

    MUNICIPALITY = "municipality", _("de gemeente")
    PUBLIC_HEALTH = "public_health", _("de GGD")
    DAY_TEAM = "day_team", _("het dagteam van slachtofferhulp")
    NOBODY = "nobody", _("niemand: er is geen hulp meer nodig")


class HelpHandOver(Record):
    """The help on site was handed over (overdracht van de hulp): when, by whom and to whom."""

    incident = models.OneToOneField(
        Incident, verbose_name="gebeurtenis", related_name="+", on_delete=models.PROTECT
    )
    receiver = models.CharField("aan wie", max_length=20, choices=Receiver.choices)
    handed_over_at = models.DateTimeField("overgedragen op")
    handed_over_by = models.UUIDField("overgedragen door")

    class Meta:
        verbose_name = "overdracht van de hulp"
        verbose_name_plural = "overdrachten van de hulp"
        constraints = [
            models.CheckConstraint(
                condition=Q(receiver__in=Receiver.values), name="help_is_handed_to_a_known_receiver"
            )
        ]

    class Privacy:
        harmless = ("id", "incident", "receiver", "handed_over_at", "handed_over_by")
