"""What a protocol says: its steps, moments, owners, conditions and proof, as one value that cannot change."""

from datetime import date, time
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Org = Literal[
    "municipality", "victim_support", "police", "public_health_service", "safety_region", "fire_brigade",
    "housing_corporation", "prosecution_service", "insurer", "employer", "school", "partner",
]  # fmt: skip
Phase = Literal["standing", "hours", "days", "weeks", "months", "end"]
Kind = Literal["text", "number", "moment", "day", "yes_no", "choice"]
Proof = Literal[
    "none", "record", "decision", "door_list", "meeting", "letter", "flyer", "message", "household_contacts",
    "referrals", "reception", "help_request", "commission", "centre_live", "evaluation",
]  # fmt: skip
Word = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Text = Annotated[str, Field(min_length=1, max_length=300)]
StepId = Annotated[str, Field(pattern=r"^[A-Z]{3}-[0-9]{2}$")]
Offset = Annotated[str, Field(pattern=r"^(P[0-9]{1,3}[YMWD]|PT[0-9]{1,3}H([0-9]{1,3}M)?|PT[0-9]{1,3}M)$")]
Hours = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


class Owner(_Part):
    """Who does a step or helps with it: a kind of organisation, and a role in it (a word of `roles.toml`)."""

    org: Org
    role: Word


class Due(_Part):
    """When a step is due, counted from `start`.

    `start`: "trigger" (the event), "commission", "decision" (somebody sets the day), "step:EXP-02" (that step
    done), "told" (only when somebody says that it happened), "standing" (always in order, no moment).
    `offset` is ISO 8601 ("PT1H30M", "P3D", "P5W"); `working_days` counts working days instead. A moment
    outside `window` moves *back* to the last permitted one; `on` "working_day" moves a day off forward to the
    next working day; `at` is a fixed time of that day. `also` are further offsets of the same step (day 7,
    14, 28), `every` with `until` repeats it; `not_before` is the first moment that makes sense.
    """

    start: str = Field(pattern=r"^(trigger|commission|decision|told|standing|step:[A-Z]{3}-[0-9]{2})$")
    offset: Offset = "PT0H"
    working_days: int = Field(default=0, ge=0, le=60)
    window: Hours | None = None
    at: time | None = None
    on: Literal["any_day", "working_day"] = "any_day"
    also: tuple[Offset, ...] = ()
    every: Offset | None = None
    until: Offset | None = None
    not_before: Offset | None = None


class Choice(_Part):
    """An answer that may be given as decision; `not_before` counts from the moment the step could start."""

    code: Word
    label_nl: Text
    not_before: Offset | None = None


class Asked(_Part):
    """One thing that is written down when the step is done; never a name of somebody hit."""

    name: Word
    label_nl: Text
    kind: Kind = "text"
    is_required: bool = True
    choices: tuple[Choice, ...] = ()


class Evidence(_Part):
    """What shows that a step was done: the kind of proof and the fields that go with it."""

    proof: Proof = "none"
    fields: tuple[Asked, ...] = ()


class Step(_Part):
    """One step of a protocol (stap); `condition` is a sentence of the closed list in `facts.toml`.

    `person`: under which ground a step touches one person ("" when it does not): with their consent, or by a
    task that the law gives. `urgent` decides after how long a late step goes from owner to coordinator.
    """

    id: StepId
    title_nl: Text
    phase: Phase
    owner: Owner
    helpers: tuple[Owner, ...] = ()
    due: Due
    condition: str = Field(default="", max_length=300)
    evidence: Evidence = Evidence()
    templates: tuple[str, ...] = ()
    person: Literal["", "consent", "legal_task"] = ""
    is_urgent: bool = False
    is_optional: bool = False
    skip_needs_reason: bool = True
    explanation_nl: str = Field(default="", max_length=600)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The answers of a decision: those of its first choice field; none when the step decides nothing."""
        if self.evidence.proof != "decision":
            return ()
        return next((each.choices for each in self.evidence.fields if each.kind == "choice"), ())


class Start(_Part):
    """A kind of event (topic code) that starts this protocol, when the condition holds."""

    topic: Annotated[str, Field(pattern=r"^EVT-[0-9]{2}$")]
    condition: str = Field(default="", max_length=300)


class Plan(_Part):
    """A whole protocol: whose it is, who must approve it, what starts it, and its steps in order."""

    code: Annotated[str, Field(pattern=r"^P-[A-Z]{3}$")]
    title_nl: Text
    version: int = Field(ge=1)
    owner_org: Org
    approved_by: tuple[Org, ...] = Field(min_length=1)
    starts: tuple[Start, ...] = ()
    checked_on: date
    source: str = Field(min_length=1, max_length=600)
    needs_decision: str = Field(default="", max_length=300)
    steps: tuple[Step, ...] = Field(min_length=1)

    def step(self, step_id: str) -> Step:
        """The step with this id; KeyError when there is none."""
        for each in self.steps:
            if each.id == step_id:
                return each
        raise KeyError(step_id)

    def answers(self) -> dict[str, str]:
        """What each answer of each decision is called, by "SCH-04 text_approved"."""
        return {f"{step.id} {each.code}": each.label_nl for step in self.steps for each in step.choices}
