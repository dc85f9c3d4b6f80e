from django.db import migrations, models

import masterplan.models.document


def draw_codes(apps, schema_editor):
    """Each request there is gets a code of its own; files printed before are known by their bytes alone."""
    jobs = apps.get_model('masterplan', 'BookJob')
    for pk in jobs.objects.filter(code=None).values_list('pk', flat=True):
        jobs.objects.filter(pk=pk).update(code=masterplan.models.document.verification_code())


class Migration(migrations.Migration):

    dependencies = [
        ('masterplan', '0011_analyses'),
    ]

    operations = [
        migrations.AddField(
            model_name='bookfile',
            name='signed_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='ditandatangani'),
        ),
        migrations.AddField(
            model_name='bookfile',
            name='signed_by',
            field=models.CharField(blank=True, editable=False, max_length=300, null=True, verbose_name='ditandatangani oleh'),
        ),
        migrations.AddConstraint(
            model_name='bookfile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('signed_at__isnull', False), ('signed_by__isnull', False)), models.Q(('signed_at__isnull', True), ('signed_by__isnull', True)), _connector='OR'), name='bookfile_signed_at_with_signed_by'),
        ),
        migrations.AddField(
            model_name='bookjob',
            name='code',
            field=models.CharField(editable=False, max_length=19, null=True, verbose_name='kode pemeriksaan'),
        ),
        migrations.RunPython(draw_codes, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='bookjob',
            name='code',
            field=models.CharField(default=masterplan.models.document.verification_code, editable=False, max_length=19, unique=True, verbose_name='kode pemeriksaan'),
        ),
    ]
