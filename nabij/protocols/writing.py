"""A protocol written down: as a file to edit and exchange, and as a value for the database."""

from typing import Any

import tomli_w

from nabij.protocols.plan import Plan


def as_toml(plan: Plan) -> str:
    """The plan as TOML, without what is left at its default; `read_plan` gives the same plan back."""
    return tomli_w.dumps(plan.model_dump(exclude_defaults=True, exclude_none=True), multiline_strings=False)


def as_dict(plan: Plan) -> dict[str, Any]:
    """The plan whole, as JSON can hold it, so that a later default changes nothing that was agreed."""
    return plan.model_dump(mode="json")
