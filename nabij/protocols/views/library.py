"""The library of examples, for who writes or reads protocols."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from nabij.accounts.http import Request
from nabij.guide.topics import topics
from nabij.protocols.examples import examples
from nabij.protocols.plan import Plan
from nabij.protocols.policies import can_read, is_writer
from nabij.protocols.queries import organisations_for
from nabij.protocols.queries.steps import phases_of
from nabij.protocols.views.finding import as_file
from nabij.protocols.wording import start_in_words


@never_cache
@require_safe
def library(request: Request) -> HttpResponse:
    """All examples with what starts them and how many steps they have."""
    if not can_read(request.actor):
        raise Http404
    plans = [{"plan": plan, "starts": _events(plan)} for plan in examples().values()]
    return render(request, "protocols/library.html", {"plans": plans})


@never_cache
@require_safe
def example(request: Request, code: str) -> HttpResponse:
    """One example by phase, and for which municipality it may be taken over."""
    plan = _example_or_404(request, code)
    own = organisations_for(request.actor, request.at) if is_writer(request.actor) else []
    context = {
        "plan": plan,
        "phases": phases_of(plan),
        "starts": [start_in_words(each) for each in plan.starts],
        "organisations": list(own),
    }
    return render(request, "protocols/example.html", context)


@never_cache
@require_safe
def example_file(request: Request, code: str) -> HttpResponse:
    """The example as a file."""
    return as_file(_example_or_404(request, code))


def _events(plan: Plan) -> list[str]:
    """The kinds of event that start it, each once."""
    return [topics()[code].nl for code in dict.fromkeys(each.topic for each in plan.starts)]


def _example_or_404(request: Request, code: str) -> Plan:
    plan = examples().get(code)
    if plan is None or not can_read(request.actor):
        raise Http404
    return plan
