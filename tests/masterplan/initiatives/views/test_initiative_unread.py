"""A cell that cannot be read holds back itself: the other cells and rows of its table are stored, by both ways to save."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.urls import reverse

from masterplan.initiatives.actions import initiatives
from masterplan.initiatives.forms.pages import TABLES
from masterplan.models import Initiative
from masterplan.registry import FIELDS, SECTIONS
from masterplan.registry.reading import read
from tests.factories import make_initiative
from tests.masterplan.page_form import form_of

_LONG = "x" * 5000


@dataclass(frozen=True)
class Case:
    """A table as it is stored, a cell with something unreadable, another with something new, and what is stored then."""

    stored: Any
    bad: tuple[str, str]
    good: tuple[str, str]
    after: Any
    added: dict[str, str]  # the cells of a row that is added, one of them unreadable
    new: Any = None


def _step(name: str, start: str, output: str) -> dict[str, Any]:
    return {"name": name, "start": start, "end": "2022-06-30", "output": output}


def _measure(name: str, unit: str, **targets: str) -> dict[str, Any]:
    return {
        "kind": "output", "name": name, "unit": unit, "direction": "up", "baseline": "1", "end_condition": "9",
        "targets": {year.removeprefix("y"): text for year, text in targets.items()},
    }  # fmt: skip


CASES = {
    "partners": Case(
        stored=[
            {"kind": "business", "name": "Bank daerah", "contribution": "Kode QR"},
            {"kind": "campus", "name": "Universitas Contoh", "contribution": ""},
        ],
        bad=("0-contribution", _LONG),
        good=("1-contribution", "Riset"),
        after=[
            {"kind": "business", "name": "Bank daerah", "contribution": "Kode QR"},
            {"kind": "campus", "name": "Universitas Contoh", "contribution": "Riset"},
        ],
        added={"kind": "media", "name": "Radio desa", "contribution": _LONG},
        new={"kind": "media", "name": "Radio desa", "contribution": ""},
    ),
    "activities": Case(
        stored=[_step("Uji coba", "2022-01-01", "Laporan"), _step("Peluncuran", "2022-03-01", "")],
        bad=("0-start", "bulan depan"),
        good=("1-output", "Peresmian"),
        after=[_step("Uji coba", "2022-01-01", "Laporan"), _step("Peluncuran", "2022-03-01", "Peresmian")],
        added={"name": "Evaluasi", "start": "kapan-kapan", "end": "", "output": "Catatan"},
        new={"name": "Evaluasi", "start": None, "end": None, "output": "Catatan"},
    ),
    "indicators": Case(
        stored=[_measure("Loket", "unit", y2022="2", y2023="3"), _measure("Transaksi", "kali", y2022="5")],
        bad=("0-target_2023", _LONG),
        good=("0-target_2022", "4"),
        after=[_measure("Loket", "unit", y2022="4", y2023="3"), _measure("Transaksi", "kali", y2022="5")],
        added={"kind": "output", "name": "Kelas", "unit": "kelas", "direction": "up", "baseline": "1",
               "target_2022": _LONG, "end_condition": "9"},
        new=_measure("Kelas", "kelas"),
    ),
    "budgets": Case(
        stored=[
            {"source": "apbd_regency", "amounts": {"2022": 150_000_000, "2024": 0}},
            {"source": "csr", "amounts": {"2023": 75_000_000}},
        ],
        bad=("0-amount_2022", "banyak"),
        good=("1-amount_2023", "80 jt"),
        after=[
            {"source": "apbd_regency", "amounts": {"2022": 150_000_000, "2024": 0}},
            {"source": "csr", "amounts": {"2023": 80_000_000}},
        ],
        added={"source": "dak", "amount_2022": "banyak", "amount_2023": "5 jt"},
        new={"source": "dak", "amounts": {"2023": 5_000_000}},
    ),
    "worksheet": Case(
        stored={"deliverable": "Tiga loket", "due_date": "2022-11-30", "aspects": []},
        bad=("due_date", "secepatnya"),
        good=("deliverable", "Lima loket"),
        after={"deliverable": "Lima loket", "due_date": "2022-11-30", "aspects": []},
        added={},
    ),
}  # fmt: skip


def test_every_table_has_a_case():
    assert {FIELDS[key].kind for key in CASES} == set(TABLES)


@dataclass
class Table:
    """One table of an initiative, and the two ways in which a page saves it."""

    client: Any
    initiative: Initiative
    key: str

    def page(self) -> dict[str, Any]:
        return form_of(self.client.get(self._address("initiative_edit")))

    def packet(self, page: dict[str, Any]) -> dict[str, Any]:
        """What autosaving sends of it."""
        own = {name: value for name, value in page.items() if name.startswith(f"{self.key}-")}
        version = Initiative.objects.get(pk=self.initiative.pk).edit_version
        answer = self.client.post(self._address("initiative_autosave"), own | {"edit_version": version})
        assert answer.status_code == 200
        return answer.json()

    def press(self, page: dict[str, Any]) -> Any:
        """The button, without JavaScript."""
        return self.client.post(self._address("initiative_edit"), page)

    @property
    def stored(self) -> Any:
        return read(Initiative.objects.complete().get(pk=self.initiative.pk))[self.key]

    def _address(self, name: str) -> str:
        (section,) = [section.key for section in SECTIONS if self.key in {field.key for field in section.fields}]
        return reverse(name, args=[self.initiative.regency.slug, self.initiative.pk, section])


@pytest.fixture(params=CASES)
def case(request) -> tuple[str, Case]:
    return request.param, CASES[request.param]


@pytest.fixture
def table(case, client_of, plan, agency, agency_head) -> Table:
    key, given = case
    made = make_initiative(plan, agency=agency, by=agency_head, quick_win=True, **{key: given.stored})
    return Table(client_of(agency_head), made, key)


def _written(page: dict[str, Any], key: str, *cells: tuple[str, str]) -> dict[str, Any]:
    names = {f"{key}-{cell}": text for cell, text in cells}
    assert names.keys() <= page.keys()
    return page | names


def test_a_packet_stores_every_cell_that_can_be_read(case, table):
    key, given = case
    sent = _written(table.page(), key, given.bad, given.good)

    answer = table.packet(sent)

    assert (answer["state"], answer["unread"]) == ("saved", [key])
    assert list(answer["errors"]) == [f"id_{key}-{given.bad[0]}"]
    assert table.stored == given.after
    assert table.packet(sent)["version"] == answer["version"], "sent again it changes nothing"


def test_the_button_stores_every_cell_that_can_be_read_and_keeps_the_other_as_typed(case, table):
    key, given = case
    sent = _written(table.page(), key, given.bad, given.good)

    shown = table.press(sent)

    assert shown.status_code == 200 and "Isian lain di halaman ini sudah tersimpan." in shown.content.decode()
    assert table.stored == given.after
    again = form_of(shown)
    assert again[f"{key}-{given.bad[0]}"] == [given.bad[1]]
    mended = again | {f"{key}-{given.bad[0]}": table.page()[f"{key}-{given.bad[0]}"]}
    assert table.press(mended).status_code == 302, "the page goes on from what it has stored, without a conflict"
    assert table.stored == given.after


def test_a_new_row_is_stored_once_without_its_unreadable_cell(case, table):
    key, given = case
    if not given.added:
        assert key == "worksheet", "the one table without rows to add"
        return
    page = table.page()
    number = len(given.stored)
    page |= {f"{key}-TOTAL_FORMS": str(number + 1)}
    page |= {f"{key}-{number}-{name}": text for name, text in given.added.items()}

    assert table.packet(page)["unread"] == [key]
    assert table.packet(page)["unread"] == [key]
    assert table.stored == [*given.stored, given.new]
    assert table.press(page).status_code == 200
    assert table.stored == [*given.stored, given.new]


@pytest.mark.parametrize(
    ("cells", "names"),
    [
        ({"0-name": ""}, ["Uji coba", "Peluncuran"]),  # which row this was is not to be told: nothing is stored
        (
            {"0-end": "Januari 2021", "1-name": "Lain"},
            ["Uji coba", "Lain"],
        ),  # the months contradict each other: this row stays
    ],
)
def test_a_row_is_never_lost_nor_stored_in_contradiction(client_of, plan, agency, agency_head, cells, names):
    given = CASES["activities"].stored
    made = make_initiative(plan, agency=agency, by=agency_head, activities=given)
    table = Table(client_of(agency_head), made, "activities")

    assert table.packet(_written(table.page(), "activities", *cells.items()))["unread"] == ["activities"]
    assert [row["name"] for row in table.stored] == names
    assert table.stored[0] == given[0]


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(client_of, plan, agency, agency_head, coordinator):
    given = CASES["budgets"]
    made = make_initiative(plan, agency=agency, by=agency_head, budgets=given.stored)
    table = Table(client_of(agency_head), made, "budgets")
    sent = _written(table.page(), "budgets", given.bad, given.good)
    theirs = [given.stored[0], {"source": "csr", "amounts": {"2023": 99_000_000}}]
    initiatives.save(made, by=coordinator, data={"budgets": theirs}, version=made.edit_version)

    shown = table.press(sent)

    assert "Isian lain di halaman ini sudah tersimpan." not in shown.content.decode()
    assert table.stored == theirs
    assert form_of(shown)["edit_version"] == [str(made.edit_version)], "mended, it is asked which text counts"
