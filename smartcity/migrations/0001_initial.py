from django.core.management import call_command
from django.db import migrations, models


def make_cache_table(apps, schema_editor):
    """So that `migrate` alone makes everything the portal needs."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40, unique=True, verbose_name="nama")),
                ("at", models.DateTimeField(verbose_name="terakhir terlihat")),
            ],
            options={"verbose_name": "tanda hidup", "verbose_name_plural": "tanda hidup"},
        ),
        migrations.RunPython(make_cache_table, migrations.RunPython.noop),
    ]
