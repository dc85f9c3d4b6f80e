"""Every address of the portal: what it takes, who gets in to read and to write, and who must not learn that it exists.

The table is literal on purpose: it is what the portal promises, not what the code happens to do.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.timezone import localdate

from agencies.models import stop_token
from tests.sweep.side import INSIDERS, Side

# Addresses that are not ours to describe, by the beginning of their route.
EXCLUDED = {
    "admin/": "Django's admin: closed to everybody without is_staff, which nobody gets through the portal",
    "pengelola/": "the operator's pages: 404 for every role, tested by tests/agencies/views/test_operator.py",
    "penyiapan/": "the set-up address, before there is anybody: tested by tests/agencies/views/test_operator.py",
    "kementerian/": "the ministry's pages: who gets in where is swept by tests/masterplan/programme/test_access.py",
    "akun/": "signing in, passwords and the second factor: pages of allauth, tested by allauth",
}

ALL = " ".join(INSIDERS)
FILLERS = "drafter delegate agency_head coordinator"
AGENCY = "drafter delegate agency_head"
SENDERS = "delegate agency_head coordinator"
SEE_DRAFTS = "drafter delegate agency_head coordinator executive"
WHOLE_REGENCY = "coordinator executive expert administrator"
NO_DRAFTS = "other_head expert administrator"
NOT_OF_THE_AGENCY = "other_head coordinator executive expert administrator"
BEGINNERS = "drafter delegate agency_head other_head coordinator"
VOICES = "drafter delegate agency_head coordinator executive expert"
BOOK_READERS = "drafter delegate agency_head other_head coordinator executive expert"
TEAM = "coordinator administrator"

Arguments = dict[str, Any]


def nothing(side: Side) -> Arguments:
    """No further argument."""
    return {}


@dataclass(frozen=True)
class Address:
    """One address with one object. `get` and `post` name who gets in; "" means that the method is refused."""

    name: str
    what: str = ""
    args: Callable[[Side], Arguments] = nothing
    get: str = ""
    post: str = ""
    # Insiders to whom the object stays unknown: 404 instead of 403.
    hidden: str = ""
    # What a person sends: changes to the form of the page, or all of it where there is no page.
    sends: Callable[[Side], Arguments] = nothing
    # Search parameters that name things; they are tried with the ids of the other regency.
    filters: str = ""
    # The most queries one page may ask; 0 where nothing is read.
    queries: int = 0
    # Who is not of the regency and yet gets an answer, and which; others are sent to sign in or told 404.
    strangers: dict[str, int] = field(default_factory=dict)
    statuses: tuple[int, ...] = (200, 302)
    in_regency: bool = True
    # Where an accepted form leads when not into the regency.
    leads: str = ""

    @property
    def label(self) -> str:
        """For messages."""
        return f"{self.name} ({self.what})" if self.what else self.name

    @property
    def readers(self) -> list[str]:
        """Who gets in to read."""
        return self.get.split()

    @property
    def writers(self) -> list[str]:
        """Who gets in to write."""
        return self.post.split()

    def url(self, side: Side, **other: Any) -> str:
        """The address for the objects of `side`, some arguments exchanged."""
        slug = {"slug": side.slug} if self.in_regency else {}
        return reverse(self.name, kwargs=slug | self.args(side) | other)


def initiative(key: str, **more: Any) -> Callable[[Side], Arguments]:
    """The id of the initiative in that state."""
    return lambda side: {"pk": side.initiatives[key].pk, **more}


def part(table: str, key: str) -> Callable[[Side], Arguments]:
    """The id of something else."""
    return lambda side: {"pk": getattr(side, table)[key].pk}


def a_read_row(side: Side) -> Arguments:
    """A row of an uploaded plan that was read."""
    job = side.plan_imports["read"]
    step = next(each for each in job.result["steps"] if each["row"])
    table = [each["sheet"] for each in job.tables].index(step["sheet"])
    return {"pk": job.pk, "table": table, "row": step["row"], "column": step["column"]}


def membership(name: str) -> Callable[[Side], Arguments]:
    """The id of somebody's role."""
    return lambda side: {"pk": side.membership(name).pk}


def agency(name: str) -> Callable[[Side], Arguments]:
    """The id of an agency."""
    return lambda side: {"pk": getattr(side, name).pk}


def plan(side: Side) -> Arguments:
    """The id of the development plan."""
    return {"pk": side.rpjmd.pk}


def master_plan(side: Side) -> Arguments:
    """The id of the master plan of an earlier period."""
    return {"pk": side.earlier_plan.pk}


def a_stage(side: Side) -> Arguments:
    """The id of a stage that has a deadline."""
    return {"pk": side.extension.workshop_id}


def an_extension(side: Side) -> Arguments:
    """The id of the longer time one agency has at that stage."""
    return {"pk": side.extension.pk}


def a_finding(side: Side) -> Arguments:
    """A check, and a program that no initiative carries out."""
    return {"code": "program_without_initiative", "subject": side.elements["spare"].pk}


def section(side: Side) -> Arguments:
    """The id of the first section."""
    return {"pk": side.plan.sections.filter(children=None).first().pk}


def a_packet(side: Side) -> Arguments:
    """All answers of the first section, as its page sends them while somebody types."""
    row = side.plan.sections.get(**section(side))
    return {
        "title": row.title, "body": "Yang lain lagi.", "writing_state": "started", "responsible": "", "owner_agency": "",
        "edit_version": row.edit_version, "key": "kunci-paket",
    }  # fmt: skip


def written(what: str, **more: Any) -> Callable[[Side], Arguments]:
    """A written row by its kind and id."""

    def arguments(side: Side) -> Arguments:
        rows = {
            "section": lambda: side.plan.sections.get(**section(side)),
            "cell": lambda: side.plan.readiness_cells.get(aspect="people"),
            "report": lambda: side.reports["delivered"],
        }
        row = rows[what]() if what in rows else side.analyses[what]
        return {"kind": row.writing_kind.value, "pk": row.pk, **more}

    return arguments


def cell(slug: str) -> Callable[[Side], Arguments]:
    """A cell of readiness by its place in the address."""
    return lambda side: {"cell": slug}


def picture(side: Side) -> Arguments:
    """The id of a picture of the first section."""
    return {"pk": side.picture.pk}


def own_section(side: Side) -> Arguments:
    """A place of the outline that the regency added itself."""
    return {"pk": side.own_section.pk}


def model(side: Side) -> Arguments:
    """A model of the library."""
    return {"key": "tiket-wisata-nontunai"}


def bulk_answer(side: Side) -> Arguments:
    """Another horizon for the draft, as the page of the preview sends it."""
    draft = side.initiatives["draft"]
    return {"pilih": [draft.pk], f"versi-{draft.pk}": draft.edit_version, "isian": "horizon", "nilai": "long"}


def bulk_action(side: Side) -> Arguments:
    """Begin the review of what was sent, as the page of the check sends it."""
    return {"pilih": [side.initiatives["submitted"].pk], "lakukan": "start_review"}


def a_snippet(side: Side) -> Arguments:
    """The id of the saved reply."""
    return {"pk": side.snippet.pk}


def printed_code(side: Side) -> Arguments:
    """The code of the finished book."""
    return {"code": side.books["done"].code}


def printed(paper: str) -> Callable[[Side], Arguments]:
    """A paper of the stage of today."""
    return lambda side: {"pk": side.bimtek["open"].pk, "paper": paper}


def attendance_code(side: Side) -> Arguments:
    """The code of the page that is open today."""
    return {"code": side.bimtek["page"].code}


def report(key: str, **more: Any) -> Callable[[Side], Arguments]:
    """A report by its initiative and quarter."""
    return lambda side: {"pk": side.reports[key].initiative_id, "quarter": side.reports[key].quarter.slug, **more}


def edition(number: int, **more: Any) -> Callable[[Side], Arguments]:
    """An edition by its number."""
    return lambda side: {"number": number, **more}


def a_notice(side: Side) -> Arguments:
    """The id of something that the drafter was told."""
    return {"pk": side.people["drafter"].notices.order_by("pk")[0].pk}


def a_stop(side: Side) -> Arguments:
    """What stands in a mail to the drafter, signed."""
    return {"token": stop_token(side.people["drafter"].pk, "commented")}


EVERYBODY = {"anonymous": 200, "outsider": 200, "suspended": 200}
OF_A_PERSON = {"outsider": 200, "suspended": 200}
NEW_AGENCY = {"name": "Dinas Baru", "short_name": "BARU", "kind": "dinas", "order": "7"}

PEOPLE_PAGES = (
    # It leads whoever is of the ministry to the desk of all regencies.
    Address("home", get=ALL.replace(" expert", ""), strangers={"outsider": 302, "suspended": 200, "expert": 302},
            queries=3, in_regency=False),
    Address("guide", get=ALL, strangers=EVERYBODY, queries=3, in_regency=False),
    Address("healthz", get=ALL, strangers=EVERYBODY, queries=4, in_regency=False),
    # 503: a test has no worker.
    Address("readyz", get=ALL, strangers=dict.fromkeys(EVERYBODY, 503), queries=13, in_regency=False, statuses=(503,)),
    Address(
        "invitation_accept", args=lambda side: {"token": side.invitations["staff"].token},
        get=ALL, post=ALL, strangers=EVERYBODY, queries=5, in_regency=False,
        sends=lambda side: {"name": "Orang Lain", "password": "x", "password_again": "y"},
    ),
    # Whoever signed in has a page of news, with or without a role.
    Address("notice_list", get=ALL, strangers=OF_A_PERSON, filters="keadaan=zqduax", queries=6, in_regency=False),
    Address("notice_settings", get=ALL, post=ALL, strangers=OF_A_PERSON, queries=4, in_regency=False, leads="/kabar/",
            sends=lambda side: {"commented": "now"}),
    Address("notice_read_all", post=ALL, strangers=OF_A_PERSON, in_regency=False, leads="/kabar/"),
    Address("notice_open", args=a_notice, post="drafter", hidden=ALL, in_regency=False),
    Address("notice_stop", args=a_stop, get=ALL, post=ALL, strangers=EVERYBODY, queries=4, in_regency=False,
            sends=lambda side: {"hentikan": "1"}),
    Address("team_list", get=TEAM, filters="opd={agency}&q=zqduax", queries=10),
    Address("team_export", get=TEAM, filters="opd={agency}&q=zqduax", queries=4),
    Address(
        "invitation_create", get=TEAM, post=TEAM, filters="opd={agency}&peran=agency_staff", queries=3,
        sends=lambda side: {"email": "baru@contoh.test", "role": "agency_staff", "agency": side.agency.pk},
    ),
    Address("invitation_detail", args=part("invitations", "staff"), get=TEAM, queries=3),
    Address("invitation_detail", "a role the coordinator may not give", args=part("invitations", "executive"),
            get="administrator", queries=3),
    Address("invitation_revoke", args=part("invitations", "staff"), post=TEAM),
    Address("invitation_revoke", "a role the coordinator may not give", args=part("invitations", "executive"),
            post="administrator"),
    Address("membership_edit", args=membership("drafter"), get=TEAM, post=TEAM, queries=5,
            sends=lambda side: {"may_submit": "on"}),
    Address("membership_edit", "of the executive", args=membership("executive"), get="administrator",
            post="administrator", queries=5, sends=lambda side: {"valid_to": "31 Desember 2040"}),
    Address("membership_suspend", args=membership("drafter"), get=TEAM, post=TEAM, queries=3,
            sends=lambda side: {"reason": "Pindah tugas"}),
    Address("membership_suspend", "of the executive", args=membership("executive"), get="administrator",
            post="administrator", queries=3, sends=lambda side: {"reason": "Pindah tugas"}),
    Address("membership_reinstate", args=membership("suspended"), post=TEAM),
    Address("agency_list", get=TEAM, filters="q=zqduax&jenis=dinas", queries=3),
    Address("agency_export", get=TEAM, filters="q=zqduax&jenis=dinas", queries=5),
    Address("agency_template", get=TEAM, queries=2),
    Address("agency_create", get=TEAM, post=TEAM, queries=4, sends=lambda side: NEW_AGENCY),
    Address("agency_import", get=TEAM, post=TEAM, queries=3, sends=lambda side: {"table": "Dinas Baru"}),
    Address("agency_edit", args=agency("agency"), get=TEAM, post=TEAM, queries=5,
            sends=lambda side: {"name": "Dinas Berganti Nama"}),
)  # fmt: skip

INITIATIVE_PAGES = (
    Address("regency_home", get=ALL, queries=15),
    Address("regency_overview", get=WHOLE_REGENCY, filters="saring=belum-mengirim&q=zqduax&urut=lama&tahap=1", queries=13),
    Address("regency_overview_export", get=WHOLE_REGENCY, filters="saring=terlambat&q=zqduax&urut=lama", queries=11),
    Address("regency_coverage", get=WHOLE_REGENCY, queries=15),
    Address("regency_plenary", get=WHOLE_REGENCY, filters="bagian=cakupan&jeda=1", queries=11),
    Address("regency_reminders", get="coordinator", filters="opd={agency}&tahap=1", queries=13),
    Address("regency_letters", get="coordinator", post="coordinator", filters="opd={agency}", queries=14,
            sends=lambda side: {"number": "005/0412", "signer": "Sekretaris Daerah"}),
    Address("regency_letter_download", args=lambda side: {"pk": side.letters.pk}, get="coordinator", filters="lihat=1",
            queries=3),
    Address("regency_deadlines", get="coordinator", queries=6),
    Address("regency_deadline_extend", args=a_stage, get="coordinator", post="coordinator", filters="opd={agency}",
            queries=6, sends=lambda side: {"agency": side.agency.pk, "day": "31 Desember 2090", "clock": "16.00",
                                           "reason": "Pindah kantor."}),
    Address("regency_extension_withdraw", args=an_extension, get="coordinator", post="coordinator", queries=4),
    Address("initiative_list", get=ALL, filters="opd={agency}&dimensi=GO&q=zqduax&status=draft", queries=8),
    Address(
        "initiative_create", get="drafter delegate agency_head other_head coordinator",
        post="drafter delegate agency_head other_head coordinator", queries=5, filters="sub={sub}&dimensi=1",
        sends=lambda side: {
            "name": "Baru", "sub_dimension": side.sub_dimension.pk, "lead_agency": side.agency.pk
        },
    ),
    Address("initiative_library", get=ALL, filters="dimensi=GO&q=zqduax", queries=3),
    Address("model_detail", args=model, get=ALL, queries=3),
    Address("model_use", args=model, get=BEGINNERS, post=BEGINNERS, queries=4,
            sends=lambda side: {"name": "Dari contoh", "lead_agency": side.agency.pk}),
    Address("initiative_copy", get=BEGINNERS, filters="q=zqduax&ke={draft}", queries=6),
    Address("initiative_copy_from", "a draft", args=initiative("draft"), get=FILLERS, post=FILLERS,
            hidden="other_head", queries=14,
            sends=lambda side: {"name": "Salinan", "lead_agency": side.agency.pk, "questions": ["problem"]}),
    Address("initiative_bulk_edit", get=BEGINNERS, post=BEGINNERS, queries=4, sends=bulk_answer,
            filters="pilih={draft}&isian=horizon&nilai=long&lihat=1"),
    Address("initiative_desk", get="coordinator", post="coordinator", queries=5, sends=bulk_action,
            filters="pilih={draft}&lakukan=remind"),
    Address("initiative_detail", "a draft", args=initiative("draft"), get=SEE_DRAFTS, hidden=NO_DRAFTS, queries=15),
    Address("initiative_detail", "withdrawn", args=initiative("withdrawn"), get=SEE_DRAFTS, hidden=NO_DRAFTS, queries=14),
    Address("initiative_detail", "returned", args=initiative("returned"), get=ALL, queries=15),
    Address("initiative_detail", "sent", args=initiative("submitted"), get=ALL, queries=14),
    Address(
        "initiative_edit", "a draft", args=initiative("draft", section="identitas"), get=FILLERS, post=FILLERS,
        hidden=NO_DRAFTS, queries=15, sends=lambda side: {"problem": "Masalah yang lain."},
    ),
    Address(
        "initiative_edit", "who and where", args=initiative("draft", section="pelaksana"), get=FILLERS, post=FILLERS,
        hidden=NO_DRAFTS, queries=15, sends=lambda side: {"whole_regency": "on"},
    ),
    Address(
        "initiative_edit", "indicators", args=initiative("draft", section="indikator"), get=FILLERS, post=FILLERS,
        hidden=NO_DRAFTS, queries=13, sends=lambda side: {"indicators-0-name": "Nama yang lain"},
    ),
    Address(
        "initiative_edit", "money", args=initiative("draft", section="anggaran"), get=FILLERS, post=FILLERS,
        hidden=NO_DRAFTS, queries=13, sends=lambda side: {"budget_basis": "Perkiraan yang lain."},
    ),
    Address(
        "initiative_edit", "links", args=initiative("draft", section="keselarasan"), get=FILLERS, post=FILLERS,
        hidden=NO_DRAFTS, filters="cari=zqduax&element={program}", queries=15,
        sends=lambda side: {"nomenclature_code": "1.2.3"},
    ),
    Address(
        "initiative_edit", "quick win", args=initiative("draft", section="quick-win"), get=FILLERS, post=FILLERS,
        hidden=NO_DRAFTS, queries=14, sends=lambda side: {"risk": "Risiko yang lain."},
    ),
    Address(
        "initiative_edit", "returned", args=initiative("returned", section="kegiatan"), get=FILLERS, post=FILLERS,
        queries=13, sends=lambda side: {"end_year": "2025"},
    ),
    Address(
        "initiative_edit", "sent: frozen", args=initiative("submitted", section="manfaat"), get=FILLERS, post=FILLERS,
        queries=12, sends=lambda side: {"beneficiaries": "Penerima yang lain."},
    ),
    Address("initiative_autosave", "a draft", args=initiative("draft", section="identitas"), post=FILLERS,
            hidden=NO_DRAFTS, sends=lambda side: {"problem": "Masalah yang lain.", "edit_version": "99"}),
    Address("initiative_autosave", "returned", args=initiative("returned", section="quick-win"), post=FILLERS,
            sends=lambda side: {"risk": "Risiko yang lain.", "edit_version": "99"}),
    Address("initiative_presence", "a draft", args=initiative("draft"), post=FILLERS, hidden=NO_DRAFTS,
            sends=lambda side: {"section": "manfaat"}),
    Address("initiative_presence", "sent", args=initiative("submitted"), post=FILLERS,
            sends=lambda side: {"section": "manfaat"}),
    Address("initiative_edit", "evidence", args=initiative("draft", section="bukti"), get=FILLERS, hidden=NO_DRAFTS,
            queries=15),
    Address("initiative_check", "a draft", args=initiative("draft"), get=FILLERS, hidden=NO_DRAFTS, queries=15),
    Address("initiative_check", "sent", args=initiative("submitted"), get=FILLERS, queries=12),
    Address("initiative_transition", "submit", args=initiative("draft", name="submit"), get=SENDERS, post=SENDERS,
            hidden=NO_DRAFTS, queries=12),
    Address("initiative_transition", "withdraw", args=initiative("submitted", name="withdraw"), get=SENDERS,
            post=SENDERS, queries=12),
    Address("initiative_transition", "reopen", args=initiative("withdrawn", name="reopen"), get=SENDERS, post=SENDERS,
            hidden=NO_DRAFTS, queries=12),
    Address("initiative_transition", "start_review", args=initiative("submitted", name="start_review"),
            get="coordinator", post="coordinator", queries=12),
    Address("initiative_transition", "return", args=initiative("in_review", name="return"), get="coordinator",
            post="coordinator", queries=13, sends=lambda side: {"comment": "Lengkapi."}),
    Address("initiative_transition", "approve", args=initiative("in_review", name="approve"), get="coordinator",
            post="coordinator", queries=12),
    Address("initiative_history", "a draft", args=initiative("draft"), get=SEE_DRAFTS, hidden=NO_DRAFTS, queries=10),
    Address("initiative_history", "sent", args=initiative("returned"), get=ALL, filters="isian=zqduax", queries=10),
    Address("initiative_restore", "a draft", args=initiative("draft", version=1, field="name"), get=FILLERS,
            post=FILLERS, hidden=NO_DRAFTS, queries=15),
    Address("initiative_restore", "sent: frozen", args=initiative("submitted", version=1, field="name"), get=FILLERS,
            post=FILLERS, queries=15),
    Address("initiative_next_correction", "a draft", args=initiative("draft"), get=SEE_DRAFTS, hidden=NO_DRAFTS, queries=13),
    Address("initiative_next_correction", "returned", args=initiative("returned"), get=ALL, queries=13),
    Address("initiative_confirm", "a draft", args=initiative("draft"), get=SEE_DRAFTS, post=AGENCY, hidden=NO_DRAFTS,
            queries=6, sends=lambda side: {"version": "2"}),
    Address("initiative_confirm", "sent", args=initiative("returned"), get=ALL, post=AGENCY, queries=6,
            sends=lambda side: {"version": "3"}),
)  # fmt: skip

NEW_TITLE = {"title": "Judul yang lain", "placement": "none"}
UPLOAD = {"key": "kunci", "name": "surat.pdf", "size": "900"}
EVIDENCE_PAGES = (
    Address("evidence_add", "a draft", args=initiative("draft"), get=FILLERS, post=FILLERS, hidden=NO_DRAFTS, queries=4),
    Address("evidence_add", "sent: frozen", args=initiative("submitted"), get=FILLERS, post=FILLERS, queries=4),
    Address("evidence_upload", "a draft", args=initiative("draft"), post=FILLERS, hidden=NO_DRAFTS,
            sends=lambda side: UPLOAD),
    Address("evidence_upload", "sent: frozen", args=initiative("submitted"), post=FILLERS, sends=lambda side: UPLOAD),
    Address("evidence_edit", "a draft", args=part("evidence", "draft"), get=FILLERS, post=FILLERS, hidden=NO_DRAFTS,
            queries=4, sends=lambda side: NEW_TITLE),
    Address("evidence_edit", "returned", args=part("evidence", "returned"), get=FILLERS, post=FILLERS, queries=4,
            sends=lambda side: NEW_TITLE),
    Address("evidence_move", args=part("evidence", "draft"), post=FILLERS, hidden=NO_DRAFTS,
            sends=lambda side: {"arah": "turun"}),
    Address("evidence_remove", args=part("evidence", "draft"), get=FILLERS, post=FILLERS, hidden=NO_DRAFTS, queries=5),
    Address("evidence_download", "of a draft", args=part("evidence", "draft"), get=SEE_DRAFTS, hidden=NO_DRAFTS,
            queries=4),
    Address("evidence_download", "sent", args=part("evidence", "submitted"), get=ALL, queries=4),
    Address("evidence_thumbnail", "of a draft", args=part("evidence", "draft"), get=SEE_DRAFTS, hidden=NO_DRAFTS,
            queries=4),
    Address("evidence_thumbnail", "sent", args=part("evidence", "submitted"), get=ALL, queries=4),
)  # fmt: skip

REVIEW_PAGES = (
    Address("snippet_list", get="coordinator", queries=4),
    Address("snippet_create", get="coordinator", post="coordinator", queries=3,
            sends=lambda side: {"title": "Baru", "text": "Mohon dilengkapi."}),
    Address("snippet_edit", args=a_snippet, get="coordinator", post="coordinator", queries=4,
            sends=lambda side: {"text": "Mohon dilengkapi."}),
    Address("snippet_remove", args=a_snippet, get="coordinator", post="coordinator", queries=4),
    Address("review_queue", get="coordinator", filters="opd={agency}&q=zqduax&keadaan=approved&peninjau=saya", queries=7),
    Address("initiative_review", "a draft", args=initiative("draft"), get=SEE_DRAFTS, hidden=NO_DRAFTS, queries=15),
    Address("initiative_review", "sent", args=initiative("submitted"), get=ALL, queries=15),
    Address("initiative_review", "in review", args=initiative("in_review"), get=ALL, queries=15),
    Address("initiative_review", "returned", args=initiative("returned"), get=ALL, filters="berubah=1", queries=15),
    Address("thread_create", "a draft", args=initiative("draft", field="problem"), get=VOICES.replace(" expert", ""),
            post=VOICES.replace(" expert", ""), hidden=NO_DRAFTS, queries=4, sends=lambda side: {"body": "Tanya."}),
    Address("thread_create", "sent", args=initiative("submitted", field="problem"), get=VOICES, post=VOICES, queries=4,
            sends=lambda side: {"body": "Tanya."}),
    Address("comment_create", "a draft", args=part("threads", "draft"), get=VOICES.replace(" expert", ""),
            post=VOICES.replace(" expert", ""), hidden=NO_DRAFTS, queries=7, sends=lambda side: {"body": "Jawab."}),
    Address("comment_create", "sent", args=part("threads", "submitted"), get=VOICES, post=VOICES, queries=6,
            sends=lambda side: {"body": "Jawab."}),
    Address("thread_detail", "a draft", args=part("threads", "draft"), get=SEE_DRAFTS, hidden=NO_DRAFTS, queries=4),
    Address("thread_detail", "sent", args=part("threads", "submitted"), get=ALL, queries=4),
    Address("thread_detail", "private", args=part("threads", "private"), get=AGENCY, hidden=NOT_OF_THE_AGENCY,
            queries=4),
    Address("comment_create", "private", args=part("threads", "private"), get=AGENCY, post=AGENCY,
            hidden=NOT_OF_THE_AGENCY, queries=6, sends=lambda side: {"body": "Jawab."}),
    *(
        Address(name, f"{what} section", args=part("threads", key), get=get and readers, post=post and readers,
                hidden=hidden, queries=queries, sends=sends)
        for what, key, readers, hidden in (
            ("about a", "section", VOICES, "other_head administrator"),
            ("private, about a", "private section", AGENCY, NOT_OF_THE_AGENCY),
        )
        for name, get, post, queries, sends in (
            ("thread_detail", True, "", 5, nothing),
            ("comment_create", True, True, 8, lambda side: {"body": "Jawab."}),
            ("thread_assign", True, True, 8, lambda side: {"person": side.people["delegate"].pk}),
            ("thread_resolve", "", True, 0, nothing),
            ("thread_reopen", "", True, 0, nothing),
        )
    ),
    Address("thread_resolve", "private", args=part("threads", "private"), post=AGENCY, hidden=NOT_OF_THE_AGENCY),
    Address("thread_reopen", "private", args=part("threads", "private"), post=AGENCY, hidden=NOT_OF_THE_AGENCY),
    Address("thread_assign", "private", args=part("threads", "private"), get=AGENCY, post=AGENCY,
            hidden=NOT_OF_THE_AGENCY, queries=7,
            sends=lambda side: {"person": side.people["delegate"].pk, "due_date": "31 Desember 2040"}),
    Address("thread_assign", "a draft", args=part("threads", "draft"), get=VOICES.replace(" expert", ""),
            post=VOICES.replace(" expert", ""), hidden=NO_DRAFTS, queries=7,
            sends=lambda side: {"person": side.people["drafter"].pk, "due_date": "31 Desember 2040"}),
    Address("thread_assign", "sent", args=part("threads", "submitted"), get=VOICES, post=VOICES, queries=7,
            sends=lambda side: {"person": side.people["delegate"].pk}),
    Address("thread_resolve", "a draft", args=part("threads", "draft"), post=VOICES.replace(" expert", ""),
            hidden=NO_DRAFTS),
    Address("thread_resolve", "sent", args=part("threads", "submitted"), post=VOICES),
    Address("thread_reopen", "sent", args=part("threads", "returned"), post=VOICES),
    Address("alignment_matrix", get=ALL, filters="misi={mission}&dimensi=GO&opd={agency}&tampil=menunggu", queries=6),
    Address("alignment_matrix", "of the renstra", get=ALL, filters="lihat=renstra&misi={renstra}", queries=6),
    Address("alignment_export", get=ALL, filters="misi={mission}&dimensi=GO&opd={agency}", queries=15),
    Address("alignment_flow", get=ALL, filters="misi={mission}&dimensi=GO&opd={agency}", queries=6),
    Address("alignment_gaps", get=ALL, filters="opd={agency}", queries=12),
    Address("alignment_decide", post="coordinator",
            sends=lambda side: {"pilih": side.links["submitted"].pk, "putusan": "tolak", "reason": "Bukan."}),
    Address("inspection_list", get=ALL, filters="cek=mission_without_initiative&tingkat=decide&opd={agency}",
            queries=12),
    Address("finding_set_aside", args=a_finding, get="coordinator", post="coordinator", queries=12,
            sends=lambda side: {"reason": "Tidak berurusan dengan smart city."}),
    Address("carry_over_map", get="coordinator", post="coordinator", filters="tampil=semua", queries=12,
            sends=lambda side: {"lama": [side.elements["spare"].pk], f"padanan-{side.elements['spare'].pk}": ["tidak"]}),
    Address("carry_over_walk", get="coordinator", post="coordinator", filters="tampil=usulkan", queries=8,
            sends=lambda side: {"pilih": [side.links["submitted"].pk]}),
    Address("alignment_waive", "a draft", args=initiative("draft"), get="coordinator", post="coordinator",
            hidden=NO_DRAFTS, queries=3, sends=lambda side: {"reason": "Amanat undang-undang."}),
    Address("alignment_waive", "in review", args=initiative("in_review"), get="coordinator", post="coordinator",
            queries=3, sends=lambda side: {"reason": "Amanat undang-undang."}),
    Address("link_propose", "a draft", args=initiative("draft"), get=FILLERS, post=FILLERS, hidden=NO_DRAFTS,
            filters="cari=zqduax&element={program}", queries=6,
            sends=lambda side: {"element": side.elements["spare"].pk, "indicator": "", "rationale": "Cocok."}),
    Address("link_propose", "sent", args=initiative("submitted"), get="coordinator", post="coordinator", queries=6,
            sends=lambda side: {"element": side.elements["spare"].pk, "indicator": "", "rationale": "Cocok."}),
    Address("link_decide", "of a draft", args=part("links", "draft"), get=SEE_DRAFTS, post="coordinator",
            hidden=NO_DRAFTS, queries=12, sends=lambda side: {"putusan": "terima", "reason": "Ya."}),
    Address("link_decide", "sent", args=part("links", "submitted"), get=ALL, post="coordinator", queries=12,
            sends=lambda side: {"putusan": "tolak", "reason": "Bukan."}),
    Address("link_withdraw", "of a draft", args=part("links", "draft"), post=FILLERS, hidden=NO_DRAFTS),
    Address("link_withdraw", "sent", args=part("links", "submitted"), post="coordinator"),
)  # fmt: skip

PLAN_PAGES = (
    Address("master_plan_list", get=ALL, queries=6),
    Address("master_plan_create", get="coordinator", post="coordinator", queries=6,
            sends=lambda side: {"title": "Rencana lain", "start_year": "2031", "end_year": "2035", "agreed": "on",
                                "development_plan": "baru", "rpjmd_title": "RPJMD lain", "rpjmd_start_year": "2031",
                                "rpjmd_end_year": "2035"}),
    Address("master_plan_edit", args=master_plan, get="coordinator", post="coordinator", queries=5,
            sends=lambda side: {"end_year": "2019"}),
    Address("master_plan_resume", args=master_plan, get="coordinator", post="coordinator", queries=3),
    Address("master_plan_open_filling", args=master_plan, post="coordinator"),
    Address("development_plan_list", get=ALL, filters="cari=zqduax&tampil=ada", queries=5),
    Address("development_plan_export", get=ALL, filters="cari=zqduax&tampil=ada", queries=4),
    Address("development_plan_compare", get=ALL, filters="lama={earlier}&baru={plan}", queries=8),
    Address("development_plan_detail", args=plan, get=ALL,
            filters="cabang={program}&misi={mission}&opd={agency}&cari=zqduax", queries=10),
    Address("development_plan_detail", "a renstra", args=lambda side: {"pk": side.renstra.pk}, get=ALL, queries=10),
    Address("development_plan_create", get="coordinator", post="coordinator", queries=5,
            sends=lambda side: {"kind": "rpjmd", "title": "RPJMD lain", "start_year": "2031", "end_year": "2035"}),
    Address("development_plan_predecessor", args=lambda side: {"pk": side.renstra.pk}, get="coordinator",
            post="coordinator", queries=4, sends=lambda side: {"predecessor": side.earlier_renstra.pk}),
    Address("development_plan_workbook", args=plan, get=ALL, queries=12),
    Address("plan_import_create", args=plan, get="coordinator", post="coordinator", queries=6),
    Address("plan_import_detail", "looked at", args=part("plan_imports", "looked at"), get="coordinator", queries=5),
    Address("plan_import_detail", "read", args=part("plan_imports", "read"), get="coordinator",
            filters="tampil=added&page=1&ragu=1", queries=6),
    Address("plan_import_map", args=part("plan_imports", "looked at"), get="coordinator", post="coordinator",
            queries=5),
    Address("plan_import_answer", args=part("plan_imports", "read"), post="coordinator",
            sends=lambda side: {"ragu-0": "keep"}),
    Address("plan_import_correct", args=a_read_row, get="coordinator", post="coordinator", queries=5,
            sends=lambda side: {"what": "skip"}),
    Address("plan_import_confirm", args=part("plan_imports", "read"), post="coordinator"),
    Address("plan_element_create", args=lambda side: {"plan_pk": side.rpjmd.pk}, get="coordinator", post="coordinator",
            queries=5, sends=lambda side: {"level": "mission", "code": "9", "text": "Misi tambahan"}),
    Address("plan_element_edit", args=part("elements", "program"), get="coordinator", post="coordinator", queries=10,
            sends=lambda side: {"text": "Program yang lain"}),
    Address("plan_element_edit", "of a renstra", args=part("elements", "renstra_program"), get="coordinator",
            post="coordinator", queries=10, sends=lambda side: {"text": "Program yang lain"}),
    Address("plan_element_delete", args=part("elements", "activity"), get="coordinator", post="coordinator", queries=8),
    Address("section_list", get=f"{VOICES} other_head", filters="buku=buku-1", queries=7),
    Address("section_prefill", post="coordinator"),
    Address("section_references", get="coordinator", filters="q=zqduax", queries=9),
    Address("section_detail", args=section, get=VOICES, hidden="other_head administrator", queries=9),
    Address("thread_create", "a section", args=section, get=VOICES, post=VOICES, hidden="other_head administrator",
            queries=5, sends=lambda side: {"body": "Tanya."}),
    Address("written_history", "a section", args=written("section"), get="coordinator", filters="isian=body",
            queries=9),
    Address("written_history", "a gap", args=written("gap"), get="coordinator", queries=11),
    Address("written_history", "an item", args=written("item"), get="coordinator", queries=10),
    Address("written_history", "a strategy", args=written("strategy"), get="coordinator", queries=11),
    Address("written_history", "a cell", args=written("cell"), get="coordinator", queries=9),
    Address("written_restore", "a section", args=written("section", version=1, key="body"), get="coordinator",
            post="coordinator", queries=10, sends=lambda side: {"edit_version": "2"}),
    Address("written_restore", "a cell", args=written("cell", version=1, key="problem"), get="coordinator",
            post="coordinator", queries=10, sends=lambda side: {"edit_version": "2"}),
    Address("outline_preview", args=lambda side: {"book": "buku-2"}, get="coordinator", queries=6),
    Address("section_edit", args=section, get="coordinator", post="coordinator", queries=13,
            sends=lambda side: {"body": "Naskah yang lain."}),
    Address("section_autosave", args=section, post="coordinator", sends=a_packet),
    Address("section_picture_list", args=section, get="coordinator", post="coordinator", queries=5),
    Address("section_picture_edit", args=picture, get="coordinator", post="coordinator", queries=6,
            sends=lambda side: {"alt": "Yang lain."}),
    Address("section_picture_autosave", args=picture, post="coordinator", sends=lambda side: {"source": "Yang lain."}),
    Address("section_picture_move", args=picture, post="coordinator", sends=lambda side: {"arah": "turun"}),
    Address("section_picture_remove", args=picture, get="coordinator", post="coordinator", queries=7),
    Address("section_picture_download", args=picture, get=VOICES, hidden="other_head administrator", queries=6),
    Address("section_picture_thumbnail", args=picture, get=VOICES, hidden="other_head administrator", queries=6),
    Address("outline_edit", args=lambda side: {"book": "buku-2"}, get="coordinator", post="coordinator", queries=4,
            sends=lambda side: {"title": "Bagian baru", "place": "bab"}),
    Address("outline_move", args=own_section, post="coordinator", sends=lambda side: {"arah": "naik"}),
    Address("outline_include", args=own_section, post="coordinator", sends=lambda side: {"dimuat": "ya"}),
    Address("outline_relocate", args=own_section, get="coordinator", post="coordinator", queries=5,
            sends=lambda side: {"parent": side.plan.sections.get(key="penutup").pk}),
    Address("outline_remove", args=own_section, get="coordinator", post="coordinator", queries=7),
    Address("analysis_list", get="coordinator", queries=10),
    Address("readiness_list", get="coordinator", queries=4),
    Address("readiness_scale", get="coordinator", post="coordinator", queries=3,
            sends=lambda side: {"levels": "Siap\nBelum siap"}),
    Address("readiness_edit", "written", args=cell("sumber-daya-manusia"), get="coordinator", post="coordinator",
            queries=6, sends=lambda side: {"condition": "Yang lain."}),
    Address("readiness_edit", "empty", args=cell("anggaran"), get="coordinator", post="coordinator", queries=6,
            sends=lambda side: {"condition": "Yang lain."}),
    Address("readiness_autosave", args=cell("sumber-daya-manusia"), post="coordinator",
            sends=lambda side: {"problem": "Yang lain."}),
    Address("gap_list", get="coordinator", filters="cari=zqduax&dimensi=GO", queries=6),
    Address("gap_create", get="coordinator", post="coordinator", filters="sub={sub}", queries=4,
            sends=lambda side: {"sub_dimension": side.sub_dimension.pk, "indicator": "Yang baru"}),
    Address("gap_edit", args=part("analyses", "gap"), get="coordinator", post="coordinator", queries=8,
            sends=lambda side: {"cause": "Yang lain."}),
    Address("gap_autosave", args=part("analyses", "gap"), post="coordinator",
            sends=lambda side: {"response": "Yang lain."}),
    Address("gap_move", args=part("analyses", "gap"), post="coordinator", sends=lambda side: {"arah": "turun"}),
    Address("gap_remove", args=part("analyses", "gap"), get="coordinator", post="coordinator", queries=5),
    Address("swot_list", get="coordinator", queries=6),
    Address("swot_item_create", args=lambda side: {"kind": "w"}, get="coordinator", post="coordinator", queries=4,
            sends=lambda side: {"text": "Yang baru.", "aspect": "structure"}),
    Address("swot_item_edit", args=part("analyses", "item"), get="coordinator", post="coordinator", queries=7,
            sends=lambda side: {"text": "Yang lain."}),
    Address("swot_item_autosave", args=part("analyses", "item"), post="coordinator",
            sends=lambda side: {"text": "Yang lain."}),
    Address("swot_item_move", args=part("analyses", "item"), post="coordinator", sends=lambda side: {"arah": "turun"}),
    Address("swot_item_remove", args=part("analyses", "item"), get="coordinator", post="coordinator", queries=5),
    Address("swot_strategy_create", args=lambda side: {"kind": "so"}, get="coordinator", post="coordinator", queries=5,
            sends=lambda side: {"text": "Yang baru."}),
    Address("swot_strategy_edit", args=part("analyses", "strategy"), get="coordinator", post="coordinator", queries=9,
            sends=lambda side: {"text": "Yang lain."}),
    Address("swot_strategy_autosave", args=part("analyses", "strategy"), post="coordinator",
            sends=lambda side: {"text": "Yang lain."}),
    Address("swot_strategy_move", args=part("analyses", "strategy"), post="coordinator",
            sends=lambda side: {"arah": "turun"}),
    Address("swot_strategy_remove", args=part("analyses", "strategy"), get="coordinator", post="coordinator",
            queries=6),
    Address("text_paste", post="drafter delegate agency_head other_head coordinator administrator",
            sends=lambda side: {"plain": "Teks *tebal*."}),
)  # fmt: skip

BIMTEK_PAGES = (
    Address("workshop_list", get=ALL, queries=5),
    Address("workshop_round_calendar", get=ALL, queries=4),
    Address("workshop_begin", get=TEAM, post=TEAM, queries=3, sends=lambda side: {"round": "tiga-tahap"}),
    Address("workshop_create", get=TEAM, post=TEAM, queries=3, sends=lambda side: {"stage": "X", "title": "Tahap lain"}),
    Address("workshop_detail", "of today", args=part("bimtek", "open"), get=ALL, filters="tampil=lengkap", queries=13),
    Address("workshop_detail", "closed", args=part("bimtek", "closed"), get=ALL, queries=13),
    Address("workshop_edit", args=part("bimtek", "open"), get=TEAM, post=TEAM, queries=4,
            sends=lambda side: {"title": "Judul yang lain", "online_link": ""}),
    Address("workshop_move", args=part("bimtek", "open"), post=TEAM, sends=lambda side: {"arah": "turun"}),
    Address("workshop_remove", args=part("bimtek", "empty"), get=TEAM, post=TEAM, queries=9),
    Address("workshop_agenda", args=part("bimtek", "open"), get=TEAM, post=TEAM, queries=5,
            sends=lambda side: {"acara-0-topic": "Acara yang lain"}),
    Address("workshop_outputs", args=part("bimtek", "open"), get=TEAM, post=TEAM, queries=5,
            sends=lambda side: {"hasil-0-title": "Hasil yang lain"}),
    Address("workshop_minutes", args=part("bimtek", "open"), get=TEAM, post=TEAM, queries=4,
            sends=lambda side: {"minutes": "Notulen yang lain."}),
    Address("workshop_attendance", args=part("bimtek", "open"), get=TEAM, post=TEAM, queries=7,
            sends=lambda side: {f"mode-{side.other_agency.pk}": "absent"}),
    Address("workshop_output_tick", args=part("bimtek", "output"), post=f"{AGENCY} {TEAM}",
            sends=lambda side: {"opd": side.agency.pk, "batal": "1"}),
    Address("workshop_material_add", args=part("bimtek", "open"), get=TEAM, post=TEAM, queries=4,
            sends=lambda side: {"title": "Rekaman", "link": "https://contoh.test/rekaman"}),
    Address("workshop_material_download", args=part("bimtek", "file"), get=ALL, queries=4),
    Address("workshop_material_remove", "a file", args=part("bimtek", "file"), get=TEAM, post=TEAM, queries=4),
    Address("workshop_material_remove", "a link", args=part("bimtek", "link"), get=TEAM, post=TEAM, queries=4),
    Address("workshop_calendar", args=part("bimtek", "open"), get=ALL, queries=6),
    Address("workshop_attendance_list", args=part("bimtek", "open"), get="coordinator", queries=6),
    Address("workshop_attendance_open", "shut", args=part("bimtek", "open"), post="coordinator",
            sends=lambda side: {"hari": side.bimtek["page"].day.isoformat(), "tutup": "1"}),
    Address("workshop_projector", args=part("bimtek", "page"), get="coordinator", queries=4),
    Address("workshop_attendee_edit", args=part("bimtek", "attendee"), get="coordinator", post="coordinator", queries=8,
            sends=lambda side: {"position": "Jabatan yang lain"}),
    Address("workshop_attendee_remove", args=part("bimtek", "attendee"), get="coordinator", post="coordinator",
            queries=7),
    Address("workshop_attendee_forget", args=part("bimtek", "open"), get="coordinator", post="coordinator", queries=4),
    Address("workshop_paper", "minutes", args=printed("notulen"), get=ALL, post=TEAM, queries=5),
    Address("workshop_paper", "attendance", args=printed("daftar-hadir"), get="coordinator", post="coordinator",
            queries=5),
    Address("workshop_paper_download", "minutes", args=printed("notulen"), get=ALL, filters="lihat=1", queries=5),
    Address("workshop_paper_download", "attendance", args=printed("daftar-hadir"), get="coordinator", queries=5),
    Address("workshop_close", args=part("bimtek", "open"), get=TEAM, post=TEAM, queries=15,
            sends=lambda side: {"note": "Selesai."}),
    Address("workshop_reopen", args=part("bimtek", "closed"), get=TEAM, post=TEAM, queries=4,
            sends=lambda side: {"reason": "Daftar hadir kurang."}),
)  # fmt: skip

PROGRESS_PAGES = (
    Address("progress_list", get=ALL, filters="triwulan=2022-1&opd={agency}&q=zqduax&tampil=belum", queries=12),
    Address("progress_calendar", get="coordinator", post="coordinator", queries=4,
            sends=lambda side: {"first": "2022-2", "days": "20"}),
    Address("progress_detail", "approved", args=initiative("approved"), get=ALL, queries=11),
    Address("progress_detail", "a draft", args=initiative("draft"), get=SEE_DRAFTS, hidden=NO_DRAFTS, queries=11),
    Address("progress_edit", "handed in", args=report("delivered"), get=FILLERS, post=FILLERS, queries=13,
            sends=lambda side: {"output": "Yang lain."}),
    Address("progress_edit", "begun", args=report("begun"), get=FILLERS, post=FILLERS, queries=13,
            sends=lambda side: {"output": "Yang lain."}),
    Address("progress_edit", "new", args=initiative("approved", quarter="2022-4"), get=FILLERS, post=FILLERS,
            queries=13, sends=lambda side: {"output": "Yang baru."}),
    Address("progress_autosave", args=report("begun"), post=FILLERS,
            sends=lambda side: {"output": "Yang lain.", "edit_version": "99"}),
    Address("progress_deliver", args=report("begun"), get=FILLERS, post=FILLERS, queries=10),
    Address("progress_evidence_list", args=report("delivered"), get=FILLERS, post=FILLERS, queries=10),
    Address("progress_evidence_remove", args=part("progress_evidence", "delivered"), get=FILLERS, post=FILLERS, queries=5),
    Address("progress_evidence_download", "handed in", args=part("progress_evidence", "delivered"), get=ALL, queries=5),
    Address("progress_evidence_download", "begun", args=part("progress_evidence", "begun"), get=SEE_DRAFTS,
            hidden=NO_DRAFTS, queries=5),
    Address("written_history", "a report", args=written("report"), get=FILLERS, filters="isian=output", queries=14),
    Address("written_restore", "a report", args=written("report", version=1, key="problem"), get=FILLERS, post=FILLERS,
            queries=15, sends=lambda side: {"edit_version": "3"}),
)  # fmt: skip

BOOK_PAGES = (
    Address("edition_list", get=BOOK_READERS, queries=7),
    Address("edition_create", get="coordinator", post="coordinator", queries=4,
            sends=lambda side: {"label": "Untuk rapat", "reason": "Angka diperbaiki", "scope": "submitted"}),
    Address("edition_detail", args=edition(1), get=BOOK_READERS, queries=8),
    Address("edition_read", args=edition(2), post=BOOK_READERS),
    Address("edition_compare", args=lambda side: {"before": 1, "after": 2}, get=BOOK_READERS, filters="opd={agency}",
            queries=5),
    Address("edition_compare_choice", get=BOOK_READERS, queries=4),
    Address("edition_transition", "review", args=edition(2, name="review"), get="coordinator", post="coordinator",
            queries=6, sends=lambda side: {"comment": "Sudah dibaca."}),
    Address("edition_transition", "adopt", args=edition(1, name="adopt"), get="executive", post="executive", queries=7,
            sends=lambda side: {"decree_number": "Keputusan Bupati Nomor 12", "decree_date": f"{localdate():%d/%m/%Y}"}),
    Address("edition_transition", "unlock", args=edition(1, name="unlock"), get="coordinator executive",
            post="coordinator executive", queries=7, sends=lambda side: {"comment": "RPJMD berubah."}),
    Address("edition_transition", "supersede", args=edition(2, name="supersede"), get="coordinator",
            post="coordinator", queries=6),
    Address("book_request", args=edition(2, book="buku-2"), post="coordinator executive expert",
            sends=lambda side: {"ragam": "arsip"}),
    Address("format_request", "a chapter in Word", args=edition(2, format="docx"), post="coordinator executive expert",
            sends=lambda side: {"book": "buku-2", "chapter": "bagian-pendahuluan"}),
    Address("format_request", "a chapter as PDF", args=edition(2, format="pdf"), post=BOOK_READERS,
            sends=lambda side: {"book": "buku-2", "chapter": "bagian-visi"}),
    Address("format_request", "the tables", args=edition(2, format="xlsx"), post="coordinator executive expert"),
    Address("format_request", "all files", args=edition(1, format="zip"), post="coordinator executive expert"),
    Address("book_chapters", args=edition(1, book="buku-2"), get=BOOK_READERS, queries=7),
    Address("book_progress", "open data", args=part("books", "data"), get=BOOK_READERS, queries=5),
    Address("book_download", "open data", args=part("books", "data"), get=BOOK_READERS, queries=8),
    Address("book_progress", "finished", args=part("books", "done"), get=BOOK_READERS, queries=5),
    Address("book_progress", "waiting", args=part("books", "queued"), get=BOOK_READERS, queries=9),
    Address("book_cancel", args=part("books", "queued"), post="coordinator"),
    Address("book_download", args=part("books", "done"), get=BOOK_READERS, queries=8),
    Address("sheet_preview", "a draft", args=initiative("draft"), get=SEE_DRAFTS, post=SEE_DRAFTS, hidden=NO_DRAFTS,
            queries=14),
    Address("sheet_preview", "sent", args=initiative("submitted"), get=ALL, post=ALL, queries=14),
    Address("sheet_download", "of a draft", args=part("sheets", "draft"), get=SEE_DRAFTS, hidden=NO_DRAFTS, queries=4),
    Address("sheet_download", "sent", args=part("sheets", "submitted"), get=ALL, filters="lihat=1", queries=4),
)  # fmt: skip

# An upload belongs to who sent it: here the coordinator.
OTHER_FILLERS = "drafter delegate agency_head other_head"
WORKBOOK_PAGES = (
    Address("workbook_export", get=ALL, filters="opd={agency}", queries=15),
    Address("workbook_import", get=f"{OTHER_FILLERS} coordinator", post=f"{OTHER_FILLERS} coordinator", queries=4),
    Address("workbook_detail", "to be confirmed", args=part("workbooks", "sound"), get="coordinator",
            hidden=OTHER_FILLERS, queries=6),
    Address("workbook_detail", "with faults", args=part("workbooks", "faulty"), get="coordinator",
            hidden=OTHER_FILLERS, queries=6),
    Address("workbook_detail", "waiting", args=part("workbooks", "waiting"), get="coordinator",
            hidden=OTHER_FILLERS, queries=6),
    Address("workbook_confirm", args=part("workbooks", "sound"), post="coordinator", hidden=OTHER_FILLERS),
    Address("workbook_marked", args=part("workbooks", "faulty"), get="coordinator", hidden=OTHER_FILLERS, queries=4),
    Address("initiative_workbook", "a draft", args=initiative("draft"), get=SEE_DRAFTS, hidden=NO_DRAFTS, queries=15),
    Address("initiative_workbook", "sent", args=initiative("submitted"), get=ALL, queries=15),
    Address("initiative_word", "a draft", args=initiative("draft"), get=SEE_DRAFTS, hidden=NO_DRAFTS, queries=13),
    Address("initiative_word", "sent", args=initiative("submitted"), get=ALL, queries=13),
)  # fmt: skip

# For whoever holds a book: the same for everybody.
PUBLIC_PAGES = (
    Address("verification", get=ALL, post=ALL, strangers=EVERYBODY, queries=3, in_regency=False),
    Address("verification_detail", args=printed_code, get=ALL, post=ALL, strangers=EVERYBODY, queries=5,
            in_regency=False),
    Address("attendance", args=attendance_code, get=ALL, post=ALL, strangers=EVERYBODY, queries=6, in_regency=False,
            sends=lambda side: {
                "name": "Orang Lain", "position": "Staf", "agency": side.agency.pk, "mode": "online", "agrees": "on"
            }),
)  # fmt: skip

ADDRESSES: tuple[Address, ...] = (
    *PEOPLE_PAGES,
    *INITIATIVE_PAGES,
    *EVIDENCE_PAGES,
    *REVIEW_PAGES,
    *PLAN_PAGES,
    *BIMTEK_PAGES,
    *PROGRESS_PAGES,
    *BOOK_PAGES,
    *WORKBOOK_PAGES,
    *PUBLIC_PAGES,
)
PAGES = tuple(address for address in ADDRESSES if address.get)
FORMS = tuple(address for address in ADDRESSES if address.post)


def names_in_urlconf() -> set[str]:
    """The names of all addresses but the excluded ones."""
    return set(_names(get_resolver().url_patterns, ""))


def _names(patterns: list[URLPattern | URLResolver], route: str) -> Iterator[str]:
    for pattern in patterns:
        where = route + str(pattern.pattern)
        if where.startswith(tuple(EXCLUDED)):
            continue
        if isinstance(pattern, URLResolver):
            yield from _names(pattern.url_patterns, where)
        else:
            yield pattern.name or where


def foreign_filters(address: Address, side: Side) -> str:
    """The search parameters of an address with ids of `side`."""
    ids = {
        "agency": side.agency.pk,
        "draft": side.initiatives["draft"].pk,
        "program": side.elements["program"].pk,
        "mission": side.elements["mission"].pk,
        "renstra": side.renstra.pk,
        "earlier": side.earlier_rpjmd.pk,
        "plan": side.rpjmd.pk,
        "sub": side.sub_dimension.pk,
    }
    return address.filters.format(**ids)
