"""The Word form holds every question and every answer, as text."""

from io import BytesIO

from docx import Document

from agencies.models import Agency, User
from masterplan.initiatives.workbook.word import word_form
from masterplan.initiatives.workbook.word.tables import shares
from masterplan.models import Initiative, MasterPlan
from masterplan.registry import FIELDS, SECTIONS
from tests.factories import make_initiative


def text_of(data: bytes) -> str:
    """All text, tables included."""
    document = Document(BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    feet = [paragraph.text for section in document.sections for paragraph in section.footer.paragraphs]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells, *feet])


def test_every_question_and_answer_is_there(plan: MasterPlan, agency: Agency, agency_head: User) -> None:
    initiative = make_initiative(plan, agency=agency, by=agency_head, complete=True, name="Tiket nontunai")
    text = text_of(word_form(initiative))
    assert [section.title for section in SECTIONS if section.title not in text] == []
    assert [field.label for field in FIELDS.values() if field.label not in text] == []
    assert text.endswith(f"\n{initiative.code} Tiket nontunai, halaman  dari ")
    for answer in ("Tiket nontunai", initiative.problem, "Uji coba", "150.000.000", "1 Januari", "Kepuasan warga"):
        assert answer in text


def test_text_is_no_markup_and_no_template(plan: MasterPlan, agency: Agency, agency_head: User) -> None:
    initiative = make_initiative(plan, agency=agency, by=agency_head)
    hostile = "<w:p>&amp; {{ code }} {% for x in y %}\nbaris \x0b dua"
    Initiative.objects.filter(pk=initiative.pk).update(problem=hostile, name="<b>&{{ name }}")
    text = text_of(word_form(Initiative.objects.complete().get(pk=initiative.pk)))
    assert "<w:p>&amp; {{ code }} {% for x in y %}\nbaris  dua" in text
    assert "<b>&{{ name }}" in text


def test_what_is_missing_leaves_room_to_write(plan: MasterPlan, agency: Agency, agency_head: User) -> None:
    document = Document(BytesIO(word_form(make_initiative(plan, agency=agency, by=agency_head))))
    ruled = [paragraph for paragraph in document.paragraphs if paragraph.style.name == "Baris kosong"]
    assert len(ruled) > 40
    assert all(len(table.rows) > 1 for table in document.tables)


def test_widths_follow_the_words() -> None:
    first, second = shares([["Nama", "Tahun"], ["Pemasangan kode QR di tiga loket masuk", "2022"]])
    assert first > 3 * second
    assert abs(first + second - 1) < 1e-9
