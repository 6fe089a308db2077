"""The request as Nabij's views know it."""

from datetime import datetime

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from nabij.audit.actor import Actor


class Request(HttpRequest):
    """A request with who asks, and when: set by the `WhoAndWhen` middleware for pages behind the login."""

    actor: Actor
    at: datetime
    htmx: HtmxDetails
