from django.db import migrations


class Migration(migrations.Migration):
    """Work for many moves to an app of its own: the tables keep their rows and get another name."""

    dependencies = [
        ('desk', '0001_needs_and_questions'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.AlterModelTable('bulkjob', 'bulk_bulkjob'),
                migrations.AlterModelTable('bulkitem', 'bulk_bulkitem'),
            ],
            state_operations=[
                migrations.DeleteModel('BulkItem'),
                migrations.DeleteModel('BulkJob'),
            ],
        ),
    ]
