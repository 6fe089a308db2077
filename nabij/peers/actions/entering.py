"""Coming in under an alias, and what a member decides about themselves."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nabij.audit import trail
from nabij.audit.actor import Actor, ActorKind
from nabij.contact.danger import plain_words
from nabij.keys.sealing import Sealer, seal
from nabij.peers import content
from nabij.peers.checks import alias_mark, contacts_in, dangers_in, has_name
from nabij.peers.models import Age, Group, GroupMember, Mute, NameMark, Space
from nabij.peers.outside import Verified
from nabij.peers.policies import is_in, is_member, peer

NO_ENTRY = "Deze groep bestaat niet voor u."
SEEN_AGAIN = 15 * 60  # seconds: coming back within these is the same visit


@transaction.atomic
def enter(
    space: Space, verified: Verified, alias: str, *, by: Actor, at: datetime, wants_youth: bool = False
) -> GroupMember:
    """Come in under an alias, into the group of the relation for which the app above verified this person.

    Nobody chooses the group. Who is 16 or 17 may choose the group of the young; who is younger comes only
    there, with the yes of a guardian. Raises ValidationError for an alias that is taken or tells too much.
    """
    if by.kind != ActorKind.HELPED_PERSON or by.id != verified.member_id or not space.is_open(at):
        raise PermissionDenied(NO_ENTRY)
    group = _group_for(space, verified, wants_youth)
    if GroupMember.objects.filter(space=space, member_id=verified.member_id).exists():
        raise PermissionDenied(NO_ENTRY)  # is in, or was put out
    member = GroupMember(
        group=group, space=space, relation=group.relation, is_youth=group.is_youth, age=verified.age,
        member_id=verified.member_id, has_guardians_yes=verified.has_guardians_yes,
        terms_version=content.rules_version(), entered_at=at, seen_at=at,
    )  # fmt: skip
    member.alias_mark = _free_mark(space, alias)
    sealed = Sealer.of_new(member.pk).seal_all(member.pk, {"alias": alias.strip()})
    member.alias_sealed = sealed["alias"]
    member.save(force_insert=True)
    facts: dict[str, trail.Fact] = {"relation": group.relation}
    trail.record("group.entered", by=peer(member), at=at, subject=group, facts=facts)
    return member


def _group_for(space: Space, verified: Verified, wants_youth: bool) -> Group:
    """The one group of this relation and age; nobody of the offender's side, nobody too young alone."""
    if verified.is_kin_of_offender:
        raise PermissionDenied(NO_ENTRY)
    is_youth = verified.age == Age.UNDER_16 or (verified.age == Age.FROM_16 and wants_youth)
    if verified.age == Age.UNDER_16 and not verified.has_guardians_yes:
        raise PermissionDenied(NO_ENTRY)
    group = Group.objects.filter(space=space, relation=verified.relation, is_youth=is_youth).first()
    if group is None:
        raise PermissionDenied(NO_ENTRY)
    return group


def _free_mark(space: Space, alias: str) -> bytes:
    """The mark of an alias that nobody has here and that tells nothing; ValidationError otherwise."""
    if len(alias.strip()) > content.number("longest_alias") or not plain_words(alias):
        raise ValidationError({"alias": _("Kies een naam van één tot dertig tekens.")})
    names = {
        bytes(mark): words
        for mark, words in NameMark.objects.filter(space=space).values_list("mark", "words")
    }
    if contacts_in(alias) or dangers_in(alias) or has_name(alias, space.pk, names):
        raise ValidationError({"alias": _("Deze naam kan niet. Kies een andere.")})
    mark = alias_mark(space.pk, alias)
    Space.objects.select_for_update().get(pk=space.pk)  # two with the same alias come one after the other
    if GroupMember.objects.filter(space=space, alias_mark=mark).exists():
        raise ValidationError({"alias": _("Deze naam is er al. Kies een andere.")})
    return mark


@transaction.atomic
def change_alias(member: GroupMember, alias: str, *, by: Actor, at: datetime) -> GroupMember:
    """Another name from now on, also at earlier posts; not again within the days of the content."""
    held = _own(member, by, at)
    last = held.alias_changed_at
    if last is not None and at < last + content.days("alias_change_days"):
        said = _("U veranderde uw naam kort geleden. Moet het nu? Bel uw contactpersoon.")
        raise ValidationError({"alias": said})
    held.alias_mark = _free_mark(held.space, alias)
    held.alias_sealed = seal(held.pk, alias.strip())
    held.alias_changed_at = at
    held.save(update_fields=["alias_mark", "alias_sealed", "alias_changed_at"])
    trail.record("group.alias_changed", by=by, at=at, subject=held)
    return held


@transaction.atomic
def choose_notices(member: GroupMember, wants: bool, *, by: Actor, at: datetime) -> GroupMember:
    """Get a notice at news in the group, or none."""
    held = _own(member, by, at)
    held.wants_notices = wants
    held.save(update_fields=["wants_notices"])
    trail.record("group.notices_chosen", by=by, at=at, subject=held, facts={"wanted": wants})
    return held


@transaction.atomic
def mute(member: GroupMember, other: GroupMember, *, by: Actor, at: datetime) -> None:
    """Do not see this member's posts; the other never hears it, and moderators see everything."""
    held = _own(member, by, at)
    if other.pk == held.pk or other.group_id != held.group_id:
        raise PermissionDenied(NO_ENTRY)
    Mute.objects.get_or_create(member=held, muted=other)
    trail.record("group.muted", by=by, at=at, subject=held)


@transaction.atomic
def unmute(member: GroupMember, other: GroupMember, *, by: Actor, at: datetime) -> None:
    """See this member's posts again."""
    held = _own(member, by, at)
    Mute.objects.filter(member=held, muted=other).delete()
    trail.record("group.unmuted", by=by, at=at, subject=held)


@transaction.atomic
def see(member: GroupMember, *, by: Actor, at: datetime) -> None:
    """Somebody is here: kept as the last moment only, once in a while, never as a list."""
    if is_member(by, member, at) and (at - member.seen_at).total_seconds() >= SEEN_AGAIN:
        GroupMember.objects.filter(pk=member.pk).update(seen_at=at)


def _own(member: GroupMember, by: Actor, at: datetime) -> GroupMember:
    """This member's own row, held; for others it is not there."""
    held = GroupMember.objects.select_for_update(of=("self",)).select_related("space").get(pk=member.pk)
    if not is_in(by, held, at):
        raise PermissionDenied(NO_ENTRY)
    return held
