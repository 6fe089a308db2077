"""What incidents add below them: the verbs of the timeline and the menu entry."""

from django.utils.translation import gettext_noop

from nabij.accounts.roles import Permission
from nabij.audit import trail
from nabij.kit import navigation

trail.register(
    {
        "incident.reported": "Gebeurtenis gemeld",
        "incident.facts_changed": "Feiten gewijzigd",
        "incident.grip_set": "GRIP-niveau gewijzigd",
        "incident.activated": "In behandeling genomen",
        "incident.closed": "Gebeurtenis afgesloten",
        "incident.reopened": "Gebeurtenis heropend",
        "incident.linked": "Herhaling: gekoppeld aan een eerdere gebeurtenis",
        "incident.unlinked": "Koppeling met een eerdere gebeurtenis weggehaald",
        "request.received": "Hulpverzoek ontvangen",
        "request.confirmed": "Hulpverzoek bevestigd door de meldkamer",
        "request.answered": "Hulpverzoek beantwoord",
        "request.withdrawn": "Hulpverzoek ingetrokken",
        "request.reopened": "Hulpverzoek heropend",
        "request.merged": "Hulpverzoek samengevoegd met een ander",
        "request.unmerged": "Samenvoegen ongedaan gemaakt",
        "request.moved": "Hulpverzoek verplaatst naar een andere gebeurtenis",
        "request.moved_back": "Verplaatsen van hulpverzoek ongedaan gemaakt",
        "note.written": "Notitie geschreven",
        "note.erased": "Notitie gewist",
    }
)
navigation.add(
    navigation.Entry(
        gettext_noop("Gebeurtenissen"),
        "incidents:overview",
        lambda actor: bool(actor.may(Permission.SEE_INCIDENTS)),
        order=20,
    )
)
