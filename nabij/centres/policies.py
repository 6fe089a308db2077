"""Who sees which centres, and who may do what with them."""

from datetime import datetime

from django.db.models import Q

from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor, ActorKind
from nabij.centres.models import ALLOWED, AdviceCentre, CentreStatus, Commission, TextVersion
from nabij.incidents.models import Incident
from nabij.incidents.policies import can_see as can_see_incident
from nabij.incidents.policies import visible_to as incidents_visible_to


def visible_to(actor: Actor, at: datetime) -> Q:
    """Centres of the incidents that the actor sees."""
    return Q(incident__in=Incident.objects.filter(incidents_visible_to(actor, at)))


def can_see(actor: Actor, centre: AdviceCentre, at: datetime) -> bool:
    """Whether this centre exists for the actor."""
    return AdviceCentre.objects.filter(visible_to(actor, at), pk=centre.pk).exists()


def can_commission(actor: Actor, incident: Incident, at: datetime) -> bool:
    """Give the order oneself: municipality, GHOR, or victim support, for an open incident that one sees."""
    return (
        incident.is_open and actor.may(Permission.COMMISSION_CENTRE) and can_see_incident(actor, incident, at)
    )


def can_enter_spoken(actor: Actor, incident: Incident, at: datetime) -> bool:
    """Enter an order that somebody else gave aloud: who coordinates and may commission."""
    return actor.may(Permission.COORDINATE) and can_commission(actor, incident, at)


def can_confirm(actor: Actor, commission: Commission, at: datetime) -> bool:
    """Whoever holds the link, as long as it is valid and not used; the commission itself names the holder."""
    is_open = commission.confirmed_at is None and commission.confirm_until is not None
    return is_open and actor.id == commission.pk and at < (commission.confirm_until or at)


def can_build(actor: Actor, centre: AdviceCentre, at: datetime) -> bool:
    """Fill a centre from the template again when that failed: who may commission or approve."""
    may = actor.may(Permission.COMMISSION_CENTRE) or actor.may(Permission.APPROVE_CENTRE)
    return may and centre.status == CentreStatus.COMMISSIONED and can_see(actor, centre, at)


def can_edit(actor: Actor, centre: AdviceCentre, at: datetime) -> bool:
    """Editors write, once the centre is built and until it is archived."""
    built = centre.status != CentreStatus.COMMISSIONED and centre.archived_at is None
    return built and actor.may(Permission.EDIT_CENTRE) and can_see(actor, centre, at)


def can_approve(actor: Actor, centre: AdviceCentre, at: datetime) -> bool:
    """The chief editor and approvers of content approve, until it is archived; see `is_by_other`."""
    return centre.archived_at is None and actor.may(Permission.APPROVE_CENTRE) and can_see(actor, centre, at)


def is_by_other(user_id: object, version: TextVersion) -> bool:
    """Four eyes: this person did not write the version, nor the commission whose words a template holds."""
    writer = version.author_id or version.text.centre.commission.entered_by.user_id
    return writer != user_id


def needs_reader(version: TextVersion) -> bool:
    """A ready-made translation that nobody here has read yet: in an added language two people must."""
    return version.author_id is None and version.text.needs_two


def can_offer_message(actor: Actor, centre: AdviceCentre, at: datetime) -> bool:
    """Editors; and at a live centre who held a meeting there: it is a draft that another approves."""
    holds = centre.is_live and actor.may(Permission.HOLD_MEETING) and can_see(actor, centre, at)
    return holds or can_edit(actor, centre, at)


def can_offer_answer(actor: Actor, centre: AdviceCentre, at: datetime) -> bool:
    """Editors, and registrars who answered the question: it is a draft that another approves."""
    may = actor.may(Permission.EDIT_CENTRE) or actor.may(Permission.SEE_REGISTRATIONS)
    built = centre.status != CentreStatus.COMMISSIONED
    return may and built and centre.archived_at is None and can_see(actor, centre, at)


def can_publish(actor: Actor, centre: AdviceCentre, at: datetime) -> bool:
    """The chief editor decides what the whole page shows, such as SIS."""
    built = centre.status != CentreStatus.COMMISSIONED
    return built and actor.may(Permission.PUBLISH_CENTRE) and can_see(actor, centre, at)


def can_end_embargo(actor: Actor) -> bool:
    """Nabij itself, when the minutes are over."""
    return actor.kind == ActorKind.SYSTEM


def can_withdraw(actor: Actor, centre: AdviceCentre, at: datetime) -> bool:
    """In an emergency one person is enough: any editor takes a text away."""
    may = actor.may(Permission.EDIT_CENTRE) or actor.may(Permission.APPROVE_CENTRE)
    return may and can_see(actor, centre, at)


def can_preview(actor: Actor, centre: AdviceCentre, at: datetime) -> bool:
    """See what would go live: the commissioner's organisation, editors and coordinators."""
    return actor.may(Permission.PREVIEW_CENTRE) and can_see(actor, centre, at)


def can_go_live(actor: Actor, centre: AdviceCentre, at: datetime) -> bool:
    """The chief editor decides on publication; what is missing is another matter, see `queries.missing`."""
    ready = CentreStatus.LIVE in ALLOWED[centre.status]
    return ready and actor.may(Permission.PUBLISH_CENTRE) and can_see(actor, centre, at)


def can_take_offline(actor: Actor, centre: AdviceCentre, at: datetime) -> bool:
    """The chief editor takes a live centre away; Nabij itself an exercise that is over."""
    if actor.kind == ActorKind.SYSTEM:
        return centre.is_live and centre.incident.is_exercise
    return centre.is_live and actor.may(Permission.PUBLISH_CENTRE) and can_see(actor, centre, at)


def can_archive(actor: Actor, centre: AdviceCentre, at: datetime) -> bool:
    """Who decides about publication closes a centre for good, or opens it again."""
    return actor.may(Permission.PUBLISH_CENTRE) and can_see(actor, centre, at)


def can_open_again(actor: Actor, centre: AdviceCentre, at: datetime) -> bool:
    """Whoever may commission a centre may have an archived one opened again, and who publishes too."""
    may = actor.may(Permission.COMMISSION_CENTRE) or actor.may(Permission.PUBLISH_CENTRE)
    return may and centre.archived_at is not None and can_see(actor, centre, at)


def can_give_reason(actor: Actor, centre: AdviceCentre, at: datetime) -> bool:
    """Say why it was late: the coordinator or the chief editor, once."""
    may = actor.may(Permission.COORDINATE) or actor.may(Permission.APPROVE_CENTRE)
    return may and centre.needs_reason and can_see(actor, centre, at)


def sees_panel(actor: Actor, incident: Incident) -> bool:
    """The panel in the incident room holds process data only: for who may commission or preview."""
    return actor.may(Permission.COMMISSION_CENTRE) or actor.may(Permission.PREVIEW_CENTRE)
