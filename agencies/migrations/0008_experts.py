"""The experts whom regencies had appointed go over to the ministry, with a grant for each of those regencies.

A suspended or ended membership becomes a grant that has ended, so that the record stays and opens nothing. Invitations
that nobody had accepted are revoked: the ministry invites anew.
"""

from django.db import migrations
from django.utils import timezone

EXPERT = "expert"


def carry_over(apps, schema_editor):
    get = apps.get_model
    Membership, Member, Grant = get("agencies", "Membership"), get("agencies", "MinistryMember"), get("agencies", "Grant")
    rows = Membership.objects.filter(role=EXPERT).select_related("regency").order_by("user_id", "suspended_at", "pk")
    members = {}
    for row in rows:
        member = members.get(row.user_id)
        if member is None:
            member = members[row.user_id] = Member.objects.create(
                user_id=row.user_id, role=EXPERT, valid_from=row.valid_from
            )
        Grant.objects.create(
            member=member,
            region_code=row.regency.code,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            ended_at=row.suspended_at,
            ended_by_id=row.suspended_by_id,
        )
    rows.delete()
    offers = get("agencies", "Invitation").objects.filter(role=EXPERT)
    for offer in offers.filter(accepted_at=None, revoked_at=None):
        offer.revoked_at, offer.revoked_by_id = timezone.now(), offer.invited_by_id
        offer.save(update_fields=["revoked_at", "revoked_by_id"])
    offers.update(regency=None)


class Migration(migrations.Migration):

    dependencies = [
        ("agencies", "0007_ministry"),
    ]

    operations = [
        migrations.RunPython(carry_over, migrations.RunPython.noop),
    ]
