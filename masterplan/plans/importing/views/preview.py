"""What the pages of a plan's import show: columns to be confirmed, questions, and the tree as it would be.

Everything comes from the row of the upload; only the names of agencies are asked of the database.
"""

from bisect import bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse
from openpyxl.utils import get_column_letter

from agencies.models import Regency
from masterplan.books.job_cards import upload_card
from masterplan.models import PlanImport, PlanImportPhase
from masterplan.plans.importing.corrections import corrected_cells
from masterplan.plans.importing.forms import MONEY_CHOICES, ROLE_CHOICES
from masterplan.plans.importing.map import roles
from masterplan.reference import Level

Json = dict[str, Any]
NODES_A_PAGE, DOUBTS_A_PAGE, MOST_LISTED = 60, 25, 200
_STATES = {"added": "Baru", "changed": "Berubah", "same": "Tetap"}
_BADGES = {"added": "badge-positive", "changed": "badge-warning", "same": "badge-outline"}
_STAGES = {
    "look": "Mencari tabel di dalam berkas",
    "read": "Membuka berkas",
    "rows": "Membaca baris",
    "compare": "Membandingkan dengan isi portal",
    "store": "Menyimpan",
}
_STEPS = ("Berkas", "Arti kolom", "Periksa isi", "Simpan")


def preview_context(regency: Regency, job: PlanImport, query: Mapping[str, str]) -> Json:
    """Everything the page of an upload needs; a few nodes and doubts at a time."""
    found = job.result if job.is_read else {}
    show = query.get("tampil", "")
    show = show if show in _STATES else ""
    steps = [step for step in found.get("steps", []) if not show or step["state"] == show]
    page = Paginator(steps, NODES_A_PAGE).get_page(query.get("page"))
    doubts = list(enumerate(found.get("doubts", [])))
    doubt_page = Paginator(doubts, DOUBTS_A_PAGE).get_page(query.get("ragu"))
    rows = _rows_named(found.get("steps", []))
    names = {agency.pk: agency.name for agency in regency.agencies.all()} if steps else {}
    counts = found.get("counts", {})
    corrected = {(ref.sheet, ref.row) for ref in corrected_cells(job.answers).values()}
    link = _correction_links(regency, job)
    columns = {(step["sheet"], step["row"]): step["column"] for step in found.get("steps", [])}
    return {
        "plan": job.plan,
        "job": job,
        "card": _card(job),
        "stages": _stages(job),
        "found": found,
        "counts": counts,
        "pills": _pills(counts, show) if found else [],
        "show": show,
        "page": page,
        "nodes": [
            _node(step, names, is_tree=not show)
            | {
                "correction_url": link(step["sheet"], step["row"], step["column"]),
                "is_corrected": (step["sheet"], step["row"]) in corrected,
            }
            for step in page
        ],
        "skipped": [row | {"correction_url": link(row["sheet"], row["row"], 0)} for row in found.get("skipped", [])],
        "corrections": _corrections(job, link),
        "doubt_page": doubt_page,
        "doubts": [
            _doubt(place, doubt, rows) | {"correction_url": link(*at, columns.get(at, 0))}
            for place, doubt in doubt_page
            for at in [(doubt["sheet"], doubt["row"])]
        ],
        "doubts_count": found.get("doubts_count", 0),
        **_vanished(found.get("vanished", [])),
        "has_news": bool(counts.get("added") or counts.get("changed") or found.get("vision")),
        "stored": job.result.get("stored", {}) if job.is_stored else {},
    }


def _correction_links(regency: Regency, job: PlanImport) -> Callable[[str, int, int], str]:
    """Gives the address of the page that corrects a row, "" where none of the file's tables holds it."""
    tables = {table["sheet"]: place for place, table in enumerate(job.tables)}

    def link(sheet: str, row: int, column: int) -> str:
        if not row or sheet not in tables:
            return ""
        return reverse("plan_import_correct", args=[regency.slug, job.pk, tables[sheet], row, column])

    return link


def _corrections(job: PlanImport, link: Callable[[str, int, int], str]) -> list[Json]:
    """The corrections that count, each with the page where it is taken back."""
    cells = list(corrected_cells(job.answers).values())[:MOST_LISTED]
    return [
        {"where": f"{each.sheet} baris {each.row}", "url": link(each.sheet, each.row, each.column)} for each in cells
    ]


def _stages(job: PlanImport) -> list[Json]:
    """The four steps, and which is now."""
    now = {PlanImportPhase.LOOK: 1, PlanImportPhase.READ: 2, PlanImportPhase.STORE: 3}[PlanImportPhase(job.phase)]
    return [
        {"label": label, "now": place == now and not job.is_stored, "done": place < now or job.is_stored}
        for place, label in enumerate(_STEPS)
    ]


def _card(job: PlanImport) -> Json | None:
    failed = "Rencana tidak disimpan" if job.phase == PlanImportPhase.STORE else "Berkas tidak dapat dibaca"
    return upload_card(job, _STAGES.get(job.stage, "Sedang dikerjakan"), failed)


def _pills(counts: Json, show: str) -> list[Json]:
    named = [("", "Seluruh pohon", sum(counts[state] for state in _STATES))]
    named += [(state, label, counts[state]) for state, label in _STATES.items()]
    return [
        {"label": label, "count": count, "current": state == show, "url": f"?tampil={state}#pohon"}
        for state, label, count in named
    ]


def _node(step: Json, names: dict[int, str], *, is_tree: bool) -> Json:
    """One node of the preview; without its place in the tree where only some are shown."""
    return {
        **step,
        "label": Level(step["level"]).label,
        "word": _STATES[step["state"]],
        "badge": _BADGES[step["state"]],
        "says": [_with_names(each, names) for each in step["says"]],
        "indent": step["depth"] if is_tree else 0,
        "agency": names.get(step["data"].get("agency") or 0, "") if step["state"] == "added" else "",
    }


def _with_names(change: Json, names: dict[int, str]) -> Json:
    """One change; agencies by their names."""
    if not change.get("is_agency"):
        return change
    return {**change, "old": names.get(change["old"], ""), "new": names.get(change["new"], "")}


def _rows_named(steps: list[Json]) -> dict[str, list[tuple[int, str]]]:
    """The rows of each sheet in which nodes begin, in order, with how the nodes are called."""
    found: dict[str, list[tuple[int, str]]] = {}
    for step in steps:
        found.setdefault(step["sheet"], []).append((step["row"], f"{step['code']} {step['text']}".strip()))
    return {sheet: sorted(rows) for sheet, rows in found.items()}


def _doubt(place: int, doubt: Json, rows: dict[str, list[tuple[int, str]]]) -> Json:
    """One question; a cell is told with the node that its row is about, so that nobody must open the file."""
    begun = rows.get(doubt["sheet"], [])
    above = bisect_right(begun, doubt["row"], key=lambda row: row[0]) if doubt["row"] else 0
    about = begun[above - 1][1] if above else ""
    where = " ".join(part for part in (doubt["sheet"], doubt["cell"]) if part)
    more = f" dan {doubt['places'] - 1} tempat lain" if doubt["places"] > 1 else ""
    chosen = doubt["answer"] or doubt["proposed"]
    return {**doubt, "place": place, "where": f"{where}{more}", "chosen": chosen, "must": not chosen, "about": about}


def page_to_answer(doubts: Sequence[Json], sent: Collection[int]) -> int:
    """The page of doubts to go on with after those at the places `sent`: the first that still must be answered, else
    the page these stood on.
    """
    must = (place for place, doubt in enumerate(doubts) if not (doubt["answer"] or doubt["proposed"] or place in sent))
    return next(must, min(sent, default=0)) // DOUBTS_A_PAGE + 1


def _vanished(vanished: list[Json]) -> Json:
    """What the file does not name: what may be removed, and what must stay because others hang on it."""
    named = [{**node, "label": Level(node["level"]).label} for node in vanished]
    removable, bound = [node for node in named if not node["why"]], [node for node in named if node["why"]]
    return {
        "removable": removable[:MOST_LISTED],
        "removable_count": len(removable),
        "bound": bound[:MOST_LISTED],
        "bound_count": len(bound),
    }


# The columns ----------------------------------------------------------------------------------------------------------


def mapping_context(job: PlanImport, posted: Mapping[str, Any] | None) -> Json:
    """The tables with a list and a year for each column, as proposed or as just sent."""
    tables = [_table(table, place, posted) for place, table in enumerate(job.tables)]
    first: dict[tuple[str, ...], str] = {}
    for table in tables:
        like = first.setdefault(tuple(column["head"] for column in table["columns"]), table["sheet"])
        table["like"] = "" if like == table["sheet"] else like
        table["is_open"] = posted is not None or (table["is_read"] and not table["like"])
    return {
        "plan": job.plan, "job": job, "stages": _stages_at_columns(), "tables": tables, "roles": ROLE_CHOICES,
        "units": MONEY_CHOICES,
    }  # fmt: skip


def _stages_at_columns() -> list[Json]:
    return [{"label": label, "now": place == 1, "done": place < 1} for place, label in enumerate(_STEPS)]


def _table(table: Json, place: int, posted: Mapping[str, Any] | None) -> Json:
    def sent(name: str, otherwise: Any) -> Any:
        return otherwise if posted is None else posted.get(f"{name}-{place}", "")

    columns = []
    for column in table["columns"]:
        role, year = roles.years_of(column["role"])
        number = column["number"]
        if posted is not None:
            role = posted.get(f"arti-{place}-{number}", role)
            year = posted.get(f"tahun-{place}-{number}", year)
        shown = {"letter": get_column_letter(number), "kind": role, "year": year or "", "id": f"{place}-{number}"}
        columns.append({"is_hidden": False, **column, **shown})
    return {
        "is_hidden": False, **table, "place": place, "columns": columns,
        "is_read": sent("baca", "ya" if table["is_read"] else "") == "ya",
        "row": sent("baris", table["first_row"]), "unit": str(sent("uang", table["money_unit"])),
        "has_money": any(column["kind"] == roles.MONEY for column in columns),
        "taken": sum(bool(column["kind"]) for column in columns),
    }  # fmt: skip
