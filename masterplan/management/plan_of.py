"""Which plan a command is about: the current one of the regency it names."""

from django.core.management import CommandError

from agencies.models import Regency
from masterplan.models import MasterPlan


def current_plan(slug: str) -> MasterPlan:
    """The master plan the regency is working on. Raises CommandError with a sentence."""
    regency = Regency.objects.filter(slug=slug).first()
    if regency is None:
        raise CommandError(f"Tidak ada kabupaten/kota beralamat {slug}.")
    plan = regency.master_plans.filter(is_current=True).first()
    if plan is None:
        raise CommandError(f"{regency.full_name} belum mempunyai rencana induk.")
    return plan
