"""Which plan a command is about: the current one of the regency it names, or one of its development plans."""

from django.core.management import CommandError

from agencies.models import Regency
from masterplan.models import DevelopmentPlan, MasterPlan
from masterplan.reference import PlanKind


def current_plan(slug: str) -> MasterPlan:
    """The master plan the regency is working on. Raises CommandError with a sentence."""
    regency = _regency(slug)
    plan = regency.master_plans.filter(is_current=True).first()
    if plan is None:
        raise CommandError(f"{regency.full_name} belum mempunyai rencana induk.")
    return plan


def development_plan(slug: str, start_year: int, agency: str = "") -> DevelopmentPlan:
    """The RPJMD of the regency that begins in that year, or the Renstra of an agency. Raises CommandError."""
    regency = _regency(slug)
    kind = PlanKind.RENSTRA if agency else PlanKind.RPJMD
    plans = regency.development_plans.filter(kind=kind, start_year=start_year)
    plan = (plans.filter(agency__short_name__iexact=agency) if agency else plans).first()
    if plan is None:
        of = f" {agency}" if agency else ""
        raise CommandError(f"{regency.full_name} tidak punya {kind.label}{of} yang mulai {start_year}. Tambah dulu.")
    return plan


def _regency(slug: str) -> Regency:
    regency = Regency.objects.filter(slug=slug).first()
    if regency is None:
        raise CommandError(f"Tidak ada kabupaten/kota beralamat {slug}.")
    return regency
