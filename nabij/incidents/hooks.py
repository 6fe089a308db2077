"""What incidents add below them: the verbs of the timeline and the menu entry."""

from django.utils.translation import gettext_lazy, gettext_noop

from nabij.accounts.roles import Permission
from nabij.audit import trail
from nabij.kit import navigation

trail.register(
    {
        "incident.reported": gettext_lazy("Gebeurtenis gemeld"),
        "incident.facts_changed": gettext_lazy("Feiten gewijzigd"),
        "incident.grip_set": gettext_lazy("GRIP-niveau gewijzigd"),
        "incident.activated": gettext_lazy("In behandeling genomen"),
        "incident.closed": gettext_lazy("Gebeurtenis afgesloten"),
        "incident.reopened": gettext_lazy("Gebeurtenis heropend"),
        "incident.linked": gettext_lazy("Herhaling: gekoppeld aan een eerdere gebeurtenis"),
        "incident.unlinked": gettext_lazy("Koppeling met een eerdere gebeurtenis weggehaald"),
        "request.received": gettext_lazy("Hulpverzoek ontvangen"),
        "request.confirmed": gettext_lazy("Hulpverzoek bevestigd door de meldkamer"),
        "request.answered": gettext_lazy("Hulpverzoek beantwoord"),
        "request.withdrawn": gettext_lazy("Hulpverzoek ingetrokken"),
        "request.reopened": gettext_lazy("Hulpverzoek heropend"),
        "request.merged": gettext_lazy("Hulpverzoek samengevoegd met een ander"),
        "request.unmerged": gettext_lazy("Samenvoegen ongedaan gemaakt"),
        "request.moved": gettext_lazy("Hulpverzoek verplaatst naar een andere gebeurtenis"),
        "request.moved_back": gettext_lazy("Verplaatsen van hulpverzoek ongedaan gemaakt"),
        "note.written": gettext_lazy("Notitie geschreven"),
        "note.erased": gettext_lazy("Notitie gewist"),
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
