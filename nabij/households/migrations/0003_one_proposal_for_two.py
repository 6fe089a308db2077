from django.db import migrations, models
from django.db.models.functions import Greatest, Least


def merge_mirrored(apps, schema_editor):
    """Of two open proposals about the same two cases the first stands; one house counts when either says so."""
    proposals = apps.get_model("households", "TieProposal").objects
    first = {}
    for row in proposals.filter(decided_at=None).order_by("made_at", "id"):
        kept = first.setdefault(frozenset((row.case_id, row.other_id)), row)
        if kept is row:
            continue
        if row.is_same_house:
            proposals.filter(pk=kept.pk).update(is_same_house=True)
        row.delete()


class Migration(migrations.Migration):

    dependencies = [
        ("cases", "0004_closed_cases"),
        ("households", "0002_assent"),
    ]

    operations = [
        migrations.RunPython(merge_mirrored, migrations.RunPython.noop),
        # rows that point to what was deleted are looked at now: an index waits for nothing
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.RemoveConstraint(model_name="tieproposal", name="proposed_once_at_a_time"),
        migrations.AddConstraint(
            model_name="tieproposal",
            constraint=models.UniqueConstraint(
                Least("case", "other"),
                Greatest("case", "other"),
                condition=models.Q(("decided_at__isnull", True)),
                name="proposed_once_from_either_side",
            ),
        ),
    ]
