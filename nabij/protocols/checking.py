"""What a protocol must hold besides its shape: steps that exist, words of the lists, moments that can be."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from nabij.guide.topics import topics
from nabij.protocols.conditions import ConditionError, parse
from nabij.protocols.lists import asks_who, codes, facts, roles
from nabij.protocols.plan import Due, Owner, Start, Step
from nabij.protocols.spans import about

_MOST_REPEATS = 400
Found = tuple[str, str]  # field, message


@dataclass(frozen=True)
class Outline:
    """The ids of all steps of a plan, also of those that are not sound, and the answers of each decision."""

    code: str
    ids: tuple[str, ...]
    answers: dict[str, tuple[str, ...]]


def problems_of_step(step: Step, plan: Outline) -> list[Found]:
    """What is wrong with one step, as (field, message)."""
    checks: tuple[Callable[[Step, Outline], Iterable[Found]], ...] = (
        _id, _people, _moment, _condition, _fields, _templates,
    )  # fmt: skip
    return [found for check in checks for found in check(step, plan)]


def problems_of_starts(starts: Iterable[Start]) -> list[Found]:
    """What is wrong with what starts a protocol; a start may only ask what the incident itself knows."""
    found: list[Found] = []
    seen = set()
    for number, start in enumerate(starts, start=1):
        place = f"starts {number}"
        if start.topic not in topics():
            found.append((f"{place}.topic", _("De soort gebeurtenis “%s” bestaat niet.") % start.topic))
        if (start.topic, start.condition) in seen:
            found.append((place, _("Dit staat er twee keer.")))
        seen.add((start.topic, start.condition))
        try:
            asked = parse(start.condition).asks()
        except ConditionError as error:
            found.append((f"{place}.condition", str(error)))
            continue
        if any(name not in facts() or facts()[name].source != "incident" for name in asked):
            message = _("Een start vraagt alleen wat bij de melding al bekend is.")
            found.append((f"{place}.condition", message))
    return found


def problems_of_parties(owner: str, parties: tuple[str, ...]) -> list[Found]:
    """What is wrong with who approves: each once, and whose protocol it is among them."""
    if len(set(parties)) < len(parties):
        return [("approved_by", _("Een organisatie staat er twee keer."))]
    if owner not in parties:
        return [("approved_by", _("Van wie het protocol is, geeft zelf ook akkoord."))]
    return []


def circles(steps: Iterable[Step]) -> list[tuple[str, Found]]:
    """The steps that wait for themselves, by way of others or not, as (step, (field, message))."""
    waits = {step.id: set(_waits_for(step)) for step in steps}
    found = []
    for step_id in waits:
        reached: set[str] = set()
        ahead = set(waits[step_id])
        while ahead:
            reached |= ahead
            ahead = {each for one in ahead for each in waits.get(one, ())} - reached
        if step_id in reached:
            found.append((step_id, ("due.start", _("Deze stap wacht op zichzelf, via andere stappen."))))
    return found


def _waits_for(step: Step) -> Iterator[str]:
    if step.due.start.startswith("step:"):
        yield step.due.start.removeprefix("step:")
    try:
        asked = parse(step.condition).asks()
    except ConditionError:
        return
    yield from (name.removeprefix("decision:") for name in asked if name.startswith("decision:"))


def _id(step: Step, plan: Outline) -> Iterator[Found]:
    prefix = plan.code.removeprefix("P-")
    if prefix and not step.id.startswith(f"{prefix}-"):
        yield "id", _("Een stap van dit protocol begint met “%s-”.") % prefix
    if plan.ids.count(step.id) > 1:
        yield "id", _("Dit nummer staat er twee keer.")


def _people(step: Step, plan: Outline) -> Iterator[Found]:
    yield from _owner("owner", step.owner)
    for number, each in enumerate(step.helpers, start=1):
        yield from _owner(f"helpers {number}", each)


def _owner(field: str, owner: Owner) -> Iterator[Found]:
    role = roles().get(owner.role)
    if role is None:
        yield f"{field}.role", _("De rol “%s” staat niet in de lijst.") % owner.role
    elif owner.org not in role.orgs:
        yield f"{field}.role", _("De rol “%s” hoort niet bij deze organisatie.") % role.nl


def _moment(step: Step, plan: Outline) -> Iterator[Found]:
    due = step.due
    start = due.start.removeprefix("step:")
    if start != due.start and start not in plan.ids:
        yield "due.start", _("De stap “%s” bestaat niet.") % start
    if due.start in ("standing", "told") and _has_moment(due):
        yield "due.offset", _("Zonder begin is er geen termijn. Kies eerst vanaf wanneer de termijn telt.")
    if due.window and due.window[:5] >= due.window[-5:]:
        yield "due.window", _("Het begin van de tijden ligt niet voor het einde.")
    if due.at and due.at.tzinfo:
        yield "due.at", _("Schrijf de tijd zonder tijdzone, zoals 10:00.")
    if due.not_before and not due.working_days and about(due.not_before) > about(due.offset):
        yield (
            "due.not_before",
            _("De stap moet klaar zijn voordat die mag beginnen. Kies een latere termijn."),
        )
    yield from _repeats(due)


def _has_moment(due: Due) -> bool:
    given = (due.working_days, due.also, due.every, due.until, due.not_before, due.at, due.window)
    return about(due.offset) > timedelta(0) or any(given)


def _repeats(due: Due) -> Iterator[Found]:
    if bool(due.every) != bool(due.until):
        yield (
            ("due.until" if due.every else "due.every"),
            _("Zeg hoe vaak de stap terugkomt, en tot wanneer."),
        )
    elif due.every and due.until:
        if about(due.every) == timedelta(0) or about(due.until) < about(due.every):
            yield "due.every", _("Deze herhaling past niet voor het einde.")
        elif about(due.until) / about(due.every) > _MOST_REPEATS:
            yield "due.every", _("Deze stap komt te vaak terug: hoogstens %s keer.") % _MOST_REPEATS


def _condition(step: Step, plan: Outline) -> Iterator[Found]:
    try:
        condition = parse(step.condition)
    except ConditionError as error:
        yield "condition", str(error)
        return
    for clause in condition.clauses:
        decision = clause.name.removeprefix("decision:")
        if decision == clause.name:
            continue
        if decision not in plan.ids:
            yield "condition", _("De stap “%s” bestaat niet.") % decision
        elif decision in plan.answers:
            for code in clause.codes:
                if code not in plan.answers[decision]:
                    yield (
                        "condition",
                        _("“%(code)s” is geen antwoord van stap %(step)s.")
                        % {"code": code, "step": decision},
                    )


def _fields(step: Step, plan: Outline) -> Iterator[Found]:
    fields = step.evidence.fields
    if step.evidence.proof == "decision" and not step.choices:
        yield "evidence.fields", _("Een besluit heeft antwoorden nodig om uit te kiezen.")
    names = [each.name for each in fields]
    for number, each in enumerate(fields, start=1):
        place = f"evidence.fields {number}"
        if names.count(each.name) > 1:
            yield f"{place}.name", _("Dit veld staat er twee keer.")
        if each.kind == "text" and asks_who(each.label_nl):
            yield f"{place}.label_nl", _("Een protocol vraagt nooit wie iemand is.")
        options = [option.code for option in each.choices]
        if each.kind == "choice" and len(options) < 2:
            yield f"{place}.choices", _("Geef minstens twee antwoorden.")
        elif each.kind != "choice" and options:
            yield f"{place}.choices", _("Alleen een keuzeveld heeft antwoorden.")
        elif len(set(options)) < len(options):
            yield f"{place}.choices", _("Een antwoord staat er twee keer.")


def _templates(step: Step, plan: Outline) -> Iterator[Found]:
    for code in step.templates:
        if code not in codes("template"):
            yield "templates", _("Het model “%s” bestaat niet.") % code
