"""Memberships hold roles of a regency, and an invitation names a regency exactly where its role is held in one."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("agencies", "0008_experts"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('regency__isnull', True), ('role__in', ['expert', 'manager'])), models.Q(('regency__isnull', False), ('role__in', ['agency_staff', 'agency_head', 'coordinator', 'executive', 'administrator'])), _connector='OR'), name='invitation_role_fits_place'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['agency_staff', 'agency_head', 'coordinator', 'executive', 'administrator'])), name='membership_role_known'),
        ),
    ]
