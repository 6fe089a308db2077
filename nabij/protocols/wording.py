"""A protocol in Dutch words: who, when, on what condition, with which proof."""

from nabij.protocols.conditions import parse
from nabij.protocols.lists import in_dutch, role_in_dutch
from nabij.protocols.plan import Asked, Due, Evidence, Owner, Plan, Start, Step
from nabij.protocols.spans import every_in_words, in_words

_FROM = {"trigger": "de gebeurtenis", "commission": "de opdracht", "decision": "de gekozen dag"}
_NEVER_COUNTED = {"told": "als het gebeurt", "standing": "altijd op orde"}


def owner_in_words(owner: Owner) -> str:
    """Who: "gemeente, ambtenaar openbare orde en veiligheid"."""
    return f"{in_dutch('org', owner.org)}, {role_in_dutch(owner.role)}"


def owners_in_words(owners: tuple[Owner, ...]) -> str:
    """Several of them, or "niemand"."""
    return "; ".join(map(owner_in_words, owners)) or "niemand"


def due_in_words(due: Due) -> str:
    """When: "1 uur en 30 minuten na de gebeurtenis, tussen 08:00 en 21:00"."""
    if due.start in _NEVER_COUNTED:
        return _NEVER_COUNTED[due.start]
    step = due.start.removeprefix("step:")
    begin = _FROM.get(due.start, f"stap {step}")
    said = [f"{_after(due)} {begin}".strip()]
    if due.also:
        said.append(f"ook na {', '.join(map(in_words, due.also))}")
    if due.every and due.until:
        said.append(f"daarna {every_in_words(due.every)}, tot {in_words(due.until)} na {begin}")
    if due.at:
        said.append(f"om {due.at:%H:%M}")
    if due.window:
        said.append(f"tussen {due.window[:5]} en {due.window[-5:]}")
    if due.on == "working_day":
        said.append("op een werkdag")
    if due.not_before:
        said.append(f"niet eerder dan {in_words(due.not_before)} na {begin}")
    return ", ".join(said)


def _after(due: Due) -> str:
    parts = [in_words(due.offset)] if in_words(due.offset) else []
    if due.working_days:
        parts.append(f"{due.working_days} {'werkdag' if due.working_days == 1 else 'werkdagen'}")
    return f"{' en '.join(parts)} na" if parts else "direct na"


def condition_in_words(text: str, plan: Plan) -> str:
    """On what condition, with the answers of decisions by name; "altijd" without one."""
    return parse(text).in_words(plan.answers())


def evidence_in_words(evidence: Evidence) -> str:
    """Which proof, with what is written down."""
    fields = ", ".join(map(_asked_in_words, evidence.fields))
    proof = in_dutch("proof", evidence.proof)
    return f"{proof} ({fields})" if fields else proof


def start_in_words(start: Start) -> str:
    """What starts a protocol."""
    said = parse(f"topic in {start.topic}").in_words()
    return f"{said}, als {parse(start.condition).in_words()}" if start.condition else said


def step_in_words(step: Step) -> str:
    """A step in one line: number, title, who and when."""
    return f"{step.id} {step.title_nl} ({owner_in_words(step.owner)}; {due_in_words(step.due)})"


def _asked_in_words(asked: Asked) -> str:
    options = f": {' / '.join(each.label_nl for each in asked.choices)}" if asked.choices else ""
    return f"{asked.label_nl}{options}{'' if asked.is_required else ' (mag leeg)'}"
