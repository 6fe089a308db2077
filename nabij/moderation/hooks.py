"""What moderators add below them: verbs, whom to call, the menu and the desk."""

from django.urls import reverse
from django.utils.translation import gettext_lazy, gettext_noop

from nabij.accounts.roles import Permission
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.kit import navigation, panels
from nabij.moderation.actions import take_up
from nabij.moderation.queries import post_of_call, seats_of_groups, who_to_call
from nabij.paging import answers, seats
from nabij.paging.models import Ask
from nabij.peers.actions.holding import DANGER_IN_HOURS, DANGER_OUTSIDE_HOURS

trail.register(
    {
        "groups.shift_entered": gettext_lazy("Dienst van een moderator ingevoerd"),
        "groups.shift_dropped": gettext_lazy("Dienst van een moderator vervalt"),
        "groups.subjects_skipped": gettext_lazy("Moderator koos welke onderwerpen die overslaat"),
        "group_post.taken_up": gettext_lazy("Moderator leest het bericht over gevaar"),
        "group_post.followed_up": gettext_lazy("Opgeschreven wat er bij gevaar is gedaan"),
        "group_post.approved": gettext_lazy("Groepsbericht geplaatst"),
        "group_post.refused": gettext_lazy("Groepsbericht niet geplaatst"),
        "group_post.removed": gettext_lazy("Groepsbericht weggehaald door een moderator"),
        "group_post.stays": gettext_lazy("Gemeld groepsbericht mag blijven"),
        "group_member.silenced": gettext_lazy("Berichten van een lid worden eerst gelezen"),
        "group_member.expulsion_asked": gettext_lazy("Gevraagd om iemand uit een groep te zetten"),
        "group_member.expelled": gettext_lazy("Iemand is uit een groep gezet"),
        "group_member.stays": gettext_lazy("Iemand blijft in de groep"),
    }
)
seats.register(seats_of_groups)


def _read(ask: Ask) -> str:
    """Who said yes goes on to the post."""
    post_id = post_of_call(ask.page.subject_id)
    return reverse("moderation:post", args=[post_id]) if post_id else ""


for kind in (DANGER_IN_HOURS, DANGER_OUTSIDE_HOURS):
    seats.register_chooser(kind, who_to_call)
    answers.register(kind, lambda ask, by, at: take_up(ask, by=by, at=at), next_address=_read)


def _moderates(actor: Actor) -> bool:
    return actor.may(Permission.MODERATE_GROUPS)


navigation.add(navigation.Entry(gettext_noop("Groepen"), "moderation:queue", _moderates, order=44))
panels.add(
    "desk",
    panels.Panel(gettext_noop("Groepen"), "moderation:panel", lambda actor, _: _moderates(actor), order=12),
)
