"""What a centre shows and sends besides its texts: SIS, where it is, and news by e-mail."""

from nabij.newsletters.models.news import IssueKind, IssueState, MailState, NewsIssue, NewsMail
from nabij.newsletters.models.places import HAS_PLACE, CentrePlace, Mode
from nabij.newsletters.models.sis import SisPeriod

__all__ = [
    "HAS_PLACE", "CentrePlace", "IssueKind", "IssueState", "MailState", "Mode", "NewsIssue", "NewsMail",
    "SisPeriod",
]  # fmt: skip
