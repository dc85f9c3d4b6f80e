"""All checks, in the order in which people should take them up, and running them."""

from masterplan.reasoning.inspection import initiative_checks, overlap_checks, plan_checks
from masterplan.reasoning.inspection.facts import PlanFacts
from masterplan.reasoning.inspection.finding import Check, Finding, FindingSubject, Severity

CHECKS: tuple[Check, ...] = (
    Check(
        "initiative_without_program", "Inisiatif di luar RPJMD", Severity.DECIDE, FindingSubject.INITIATIVE,
        "Hubungkan ke program RPJMD, atau bebaskan dengan alasan.", initiative_checks.without_program,
    ),
    Check(
        "mission_without_initiative", "Misi tanpa inisiatif", Severity.DECIDE, FindingSubject.ELEMENT,
        "Mintalah usulan perangkat daerah yang memimpin program misi ini.", plan_checks.missions_without_initiative,
    ),
    Check(
        "objective_without_initiative", "Sasaran tanpa inisiatif", Severity.LOOK, FindingSubject.ELEMENT,
        "Putuskan apakah sasaran ini perlu didukung smart city.", plan_checks.objectives_without_initiative,
    ),
    Check(
        "program_without_initiative", "Program RPJMD tanpa inisiatif", Severity.NOTE, FindingSubject.ELEMENT,
        "Tidak setiap program memerlukan inisiatif; pastikan yang kosong memang disengaja.",
        plan_checks.programs_without_initiative,
    ),
    Check(
        "renstra_without_rpjmd", "Program Renstra yang tidak mengacu RPJMD", Severity.DECIDE, FindingSubject.ELEMENT,
        "Isi program RPJMD yang dilaksanakan pada unsur Renstra ini.", plan_checks.renstra_without_rpjmd,
    ),
    Check(
        "program_of_another_agency", "Program milik perangkat daerah lain", Severity.LOOK, FindingSubject.INITIATIVE,
        "Jadikan pemilik program pendukung inisiatif, atau pilih program sendiri.",
        initiative_checks.programs_of_others,
    ),
    Check(
        "unit_differs", "Satuan berbeda dengan RPJMD", Severity.LOOK, FindingSubject.INITIATIVE,
        "Samakan satuannya, atau pilih indikator program yang sesuai.", initiative_checks.other_units,
    ),
    Check(
        "direction_differs", "Arah indikator berbeda dengan RPJMD", Severity.DECIDE, FindingSubject.INITIATIVE,
        "Samakan arah indikatornya.", initiative_checks.other_directions,
    ),
    Check(
        "targets_against_direction", "Target bergerak ke arah yang salah", Severity.LOOK, FindingSubject.INITIATIVE,
        "Periksa angka target, atau arah indikatornya.", initiative_checks.targets_against_direction,
    ),
    Check(
        "above_ceiling", "Anggaran melebihi pagu program", Severity.DECIDE, FindingSubject.INITIATIVE,
        "Kurangi anggaran APBD, pindahkan tahunnya, atau cari sumber lain.", initiative_checks.above_the_ceiling,
    ),
    Check(
        "ceiling_shared_out", "Pagu program tidak cukup untuk semua inisiatifnya", Severity.DECIDE,
        FindingSubject.ELEMENT, "Bagi pagu antarinisiatif, atau cari sumber lain.", plan_checks.ceilings_shared_out,
    ),
    Check(
        "years_outside", "Tahun di luar masa rencana", Severity.DECIDE, FindingSubject.INITIATIVE,
        "Pindahkan ke tahun yang termuat dalam rencana.", initiative_checks.years_outside,
    ),
    Check(
        "regional_money_only", "Hanya dibiayai APBD", Severity.NOTE, FindingSubject.INITIATIVE,
        "Penilai menanyakan sumber dana selain APBD.", initiative_checks.regional_money_only,
    ),
    Check(
        "no_citizen_benefit", "Tanpa manfaat bagi warga", Severity.DECIDE, FindingSubject.INITIATIVE,
        "Tulis apa yang dirasakan warga.", initiative_checks.no_benefit_for_citizens,
    ),
    Check(
        "no_business_benefit", "Tanpa manfaat bagi usaha", Severity.LOOK, FindingSubject.INITIATIVE,
        "Dimensi branding dan economy menuntut manfaat bagi usaha.", initiative_checks.no_benefit_for_business,
    ),
    Check(
        "quick_win_too_long", "Quick win lebih dari setahun", Severity.DECIDE, FindingSubject.INITIATIVE,
        "Persempit hasilnya, atau lepaskan tanda quick win.", initiative_checks.long_quick_wins,
    ),
    Check(
        "same_application", "Aplikasi yang sama dibangun dua kali", Severity.DECIDE, FindingSubject.INITIATIVE,
        "Sepakati satu pemilik dan pakai bersama.", overlap_checks.same_application,
    ),
    Check(
        "same_purpose", "Inisiatif yang tumpang tindih", Severity.LOOK, FindingSubject.INITIATIVE,
        "Gabungkan, atau catat perangkat daerah yang lain sebagai pendukung.", overlap_checks.same_purpose,
    ),
    Check(
        "dimension_without_initiative", "Dimensi tanpa inisiatif", Severity.DECIDE, FindingSubject.DIMENSION,
        "Mintalah usulan untuk dimensi ini.", plan_checks.dimensions_without_initiative,
    ),
    Check(
        "sub_dimension_without_initiative", "Sub-dimensi tanpa inisiatif", Severity.LOOK, FindingSubject.SUB_DIMENSION,
        "Mintalah usulan untuk sub-dimensi ini.", plan_checks.sub_dimensions_without_initiative,
    ),
    Check(
        "agency_without_initiative", "Perangkat daerah tanpa inisiatif", Severity.LOOK, FindingSubject.AGENCY,
        "Ingatkan perangkat daerah ini, atau catat alasannya.", plan_checks.agencies_without_initiative,
    ),
    Check(
        "district_without_initiative", "Kecamatan tanpa inisiatif", Severity.NOTE, FindingSubject.DISTRICT,
        "Periksa pemerataan: sebutkan kecamatan pada lokasi inisiatif.", plan_checks.districts_without_initiative,
    ),
)  # fmt: skip

CHECK_BY_CODE = {check.code: check for check in CHECKS}


def inspect(plan: PlanFacts) -> dict[str, list[Finding]]:
    """The findings of every check by its code; checks that find nothing are there with an empty list."""
    return {check.code: list(check.look(plan)) for check in CHECKS}
