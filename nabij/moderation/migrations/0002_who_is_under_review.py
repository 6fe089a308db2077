"""Who was asked to be put out before this stood with the member is under review as well."""

from django.db import migrations


def mark_members(apps, schema_editor):
    waiting = apps.get_model("moderation", "Expulsion").objects.filter(decided_at__isnull=True)
    here = apps.get_model("peers", "GroupMember").objects.filter(left_at__isnull=True)
    here.filter(pk__in=waiting.values("member_id")).update(is_under_review=True)


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0001_initial"),
        ("peers", "0003_reviewed_and_going_on"),
    ]

    operations = [migrations.RunPython(mark_members, migrations.RunPython.noop)]
