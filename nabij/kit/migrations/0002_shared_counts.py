"""The table behind Django's database cache: counts that all web processes share, such as failed logins.

Unlogged, because after a crash of the database counting may begin again.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("kit", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "CREATE UNLOGGED TABLE kit_sharedcount ("
            "cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);"
            "CREATE INDEX kit_sharedcount_expires ON kit_sharedcount (expires);",
            "DROP TABLE kit_sharedcount",
        )
    ]
