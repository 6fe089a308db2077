"""The service catalogue as a table: what works, on which page, shown by which test."""

from collections import Counter

from nabij.front.catalogue.catalogue import State, catalogue, services_by_group
from nabij.front.management.documents.tables import page, table

HEAD = ["Service", "Nederlands", "English", "State", "Page", "Test"]


def services() -> str:
    """Every service with its state, page and test, group by group."""
    counts = Counter(service.state for service in catalogue())
    summary = ", ".join(f"{counts[state]} {state.value}" for state in State)
    parts: list[str] = []
    for group in services_by_group("en"):
        rows = [
            [
                each.id,
                each.name_nl,
                each.name_en,
                each.state.value,
                each.page and f"`{each.page}`",
                each.test and f"`{each.test}`",
            ]
            for each in group.services
        ]
        parts += [f"## {group.heading}", table(HEAD, rows)]
    return page(
        "Services",
        f"What every municipality and every resident can expect: {len(catalogue())} services ({summary}). "
        "*Works* means that the named test ran, passed and opened the named page.",
        *parts,
    )
