"""The register of personal data: which fields, which purposes, how long."""

from nabij.front.management.documents.tables import page, table
from nabij.privacy.declarations import personal_fields
from nabij.privacy.purposes import Purpose
from nabij.privacy.retention import terms


def privacy_register() -> str:
    """Every field that its model calls personal, the purposes and the retention terms."""
    fields = [
        [each.app, each.model, f"`{each.field}`", each.label, "sealed" if each.is_sealed else "not sealed"]
        for each in sorted(personal_fields(), key=lambda each: (each.app, each.model, each.field))
    ]
    kept = [
        [
            each.label,
            each.purpose,
            f"{each.amount} {each.unit if each.amount > 1 else each.unit.removesuffix('s')}",
            each.starts.replace("_", " "),
            each.then,
            each.source,
            "to be decided" if each.needs_decision else "",
        ]
        for each in terms()
    ]
    return page(
        "Register of personal data",
        "Every model declares in its `class Privacy` which fields are about a person. A field that is in "
        "neither list fails a test. *Sealed* fields are encrypted with a key of the person or record they "
        "belong to; destroying that key erases them.",
        "## Fields",
        table(["App", "Record", "Field", "Dutch label", "Kept"], fields),
        "## Purposes",
        table(["In the code", "Dutch name"], [[f"`{each.value}`", each.label] for each in Purpose]),
        "## Retention",
        table(["What", "Purpose", "Term", "Counted from", "Then", "Source", "Decision"], kept),
        "A term that is *to be decided* may not run on real data before the data protection officers agree.",
    )
