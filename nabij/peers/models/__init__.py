"""Spaces with groups and who is in them; talks and posts; what waits; introductions."""

from nabij.peers.models.holds import FollowUp, Hold, HoldReason, NameMark, PostReport, Verdict
from nabij.peers.models.introductions import Introduction, IntroductionState, Invitation
from nabij.peers.models.spaces import (
    Age,
    Group,
    GroupMember,
    Leaving,
    Mute,
    Relation,
    Space,
    SpaceKind,
)
from nabij.peers.models.talks import ALLOWED, Post, PostState, Talk

__all__ = [
    "ALLOWED", "Age", "FollowUp", "Group", "GroupMember", "Hold", "HoldReason", "Introduction",
    "IntroductionState", "Invitation", "Leaving", "Mute", "NameMark", "Post", "PostReport",
    "PostState", "Relation", "Space", "SpaceKind", "Talk", "Verdict",
]  # fmt: skip
