"""What was printed as `standar` had the margin for the binding, and is called so now."""

from django.db import migrations, models


def rename(apps, schema_editor):
    apps.get_model("masterplan", "BookJob").objects.filter(variant="standar").update(variant="jilid")


def rename_back(apps, schema_editor):
    apps.get_model("masterplan", "BookJob").objects.filter(variant="jilid").update(variant="standar")


class Migration(migrations.Migration):

    dependencies = [
        ('masterplan', '0009_presence'),
    ]

    operations = [
        migrations.AlterField(
            model_name='bookjob',
            name='variant',
            field=models.CharField(default='jilid', max_length=20, verbose_name='ragam'),
        ),
        migrations.RunPython(rename, rename_back),
    ]
