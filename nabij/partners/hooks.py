"""What partners add below them: verbs, the menu, a panel of the desk, and the way from an event to a call."""

from django.utils.translation import gettext_lazy, gettext_noop

from nabij.accounts.roles import Permission
from nabij.advice.policies import can_tell_partner
from nabij.audit import trail
from nabij.kit import navigation, panels
from nabij.partners.policies import can_keep

trail.register(
    {
        "partner.kept": gettext_lazy("Partner van de regio toegevoegd"),
        "partner.changed": gettext_lazy("Gegevens van een partner gewijzigd"),
        "partner.checked": gettext_lazy("Nummers van een partner nagekeken"),
        "partner.known": gettext_lazy("Contactpersonen bij een partner aangewezen"),
        "partner.agreed": gettext_lazy("Afspraak met een partner opgeschreven"),
        "partner.looked_again": gettext_lazy("Afspraak met een partner weer bekeken"),
        "partner.agreement_ended": gettext_lazy("Afspraak met een partner geldt niet meer"),
        "partner.met": gettext_lazy("Moment met partners opgeschreven"),
    }
)
panels.add(
    "desk",
    panels.Panel(
        gettext_noop("Partners die aandacht vragen"),
        "partners:attention",
        lambda actor, _: can_keep(actor),
        order=62,
        is_quiet=True,
    ),
)
panels.add_door(
    "partners", panels.Door(gettext_noop("Bel de partners"), "partners:at_incident", can_tell_partner)
)
navigation.add(
    navigation.Entry(
        gettext_noop("Partners"),
        "partners:overview",
        lambda actor: actor.may(Permission.SEE_INCIDENTS),
        order=56,
    )
)
