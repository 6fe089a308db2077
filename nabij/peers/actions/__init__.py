"""Everything that can happen in the groups."""

from nabij.peers.actions.entering import (
    change_alias,
    choose_notices,
    enter,
    mute,
    see,
    unmute,
)
from nabij.peers.actions.holding import call_again
from nabij.peers.actions.introducing import (
    answer_invitation,
    ask_introduction,
    be_open_to_meeting,
    end_introduction,
    pass_silent_invitations,
)
from nabij.peers.actions.leaving import end_spaces, expel_from_outside, leave, leave_all, leave_of
from nabij.peers.actions.posting import (
    change_post,
    reply,
    report_post,
    start_talk,
    withdraw_post,
    write_as_moderator,
)
from nabij.peers.actions.spaces import (
    Opened,
    announce_end,
    appoint,
    drop_name,
    enter_names,
    go_on,
    open_group,
    open_space,
)
from nabij.peers.actions.telling import tell_ends, tell_going_on, tell_news

__all__ = [
    "Opened", "announce_end", "answer_invitation", "appoint",
    "ask_introduction", "be_open_to_meeting", "call_again", "change_alias", "change_post", "choose_notices",
    "drop_name", "end_introduction", "end_spaces", "enter", "enter_names", "go_on",
    "expel_from_outside", "leave", "leave_all", "leave_of", "mute",
    "open_group", "open_space", "pass_silent_invitations", "reply",
    "report_post", "see", "start_talk",
    "tell_ends", "tell_going_on", "tell_news", "unmute", "withdraw_post", "write_as_moderator",
]  # fmt: skip
