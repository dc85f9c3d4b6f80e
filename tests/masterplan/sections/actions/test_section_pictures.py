"""Pictures of a text come in, say what they show, stand in order and go; history tells each step; no byte is lost."""

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from agencies.models import Agency, User
from masterplan.books.jobs import images_of
from masterplan.editing.actions import files as taking
from masterplan.editions import actions as editions
from masterplan.initiatives.actions import evidence
from masterplan.models import (
    EvidenceFile,
    MasterPlan,
    Section,
    SectionPicture,
    WritingChange,
    forget_unused_files,
    picture_changes,
)
from masterplan.sections.actions import outline, section_pictures
from smartcity.common.storage.file_kinds import FileRefused
from smartcity.common.storage.files import private_storage
from tests.factories import files, make_edition, make_initiative, make_picture
from tests.smartcity.common.test_pictures import with_camera


@pytest.fixture
def section(plan: MasterPlan, coordinator: User) -> Section:
    """A place with a text, of the default outline."""
    outline.complete_outline(plan, bodies={}, by=coordinator)
    return plan.sections.get(key="pendahuluan.latar-belakang")


def add(section: Section, by: User, data: bytes | None = None, name: str = "peta_jalan-desa.jpg") -> SectionPicture:
    return section_pictures.add(section, by=by, name=name, data=files.picture() if data is None else data).row


def stored_files(settings) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


# Taking in ---------------------------------------------------------------------------------------------------------------


def test_a_picture_gets_a_caption_of_its_name_and_stands_last(section: Section, coordinator: User) -> None:
    first, second = add(section, coordinator), add(section, coordinator, files.picture(size=(90, 60)), "b.jpg")
    assert (first.caption, first.alt, first.original_name) == ("Peta jalan desa", "", "peta_jalan-desa.jpg")
    assert list(section.pictures.all()) == [first, second]
    assert (first.file.kind, first.file.width, first.file.height) == ("jpeg", 1200, 800)
    assert first.updated_by == coordinator


def test_what_the_camera_wrote_down_is_gone(section: Section, coordinator: User) -> None:
    picture = add(section, coordinator, with_camera())
    for name in picture.file.names:
        with private_storage().open(name) as stored:
            kept = stored.read()
        assert b"Exif" not in kept
        assert b"rahasia" not in kept.lower()


HTML = b"<script>alert(1)</script>"


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "peta.svg", "bukan gambar PNG atau JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "peta.png", "bukan gambar PNG atau JPEG"),
        (files.pdf(), "peta.pdf", "bukan gambar PNG atau JPEG"),
        (b"GIF89a" + HTML, "peta.png", "bukan gambar PNG atau JPEG"),
        (files.picture("PNG", (9, 9)), "peta.html", "akhiran"),
        (b"\x89PNG\r\n\x1a\n" + HTML, "peta.png", "terpotong atau rusak"),
        (files.picture()[:500], "peta.jpg", "terpotong"),
        (b"", "peta.png", "kosong"),
    ],
)
def test_what_is_no_picture_is_refused_and_leaves_nothing(
    section: Section, coordinator: User, settings, data: bytes, name: str, sentence: str
) -> None:
    with pytest.raises(FileRefused, match=sentence):
        add(section, coordinator, data, name)
    assert stored_files(settings) == []
    assert EvidenceFile.objects.count() == section.pictures.count() == WritingChange.objects.count() == 0


def test_of_a_file_that_is_two_things_the_picture_alone_is_kept(section: Section, coordinator: User) -> None:
    picture = add(section, coordinator, files.picture("PNG", (90, 60)) + b"PK\x03\x04" + HTML, "peta.png")
    for name in picture.file.names:
        with private_storage().open(name) as stored:
            assert b"script" not in stored.read()


def test_a_picture_of_too_many_pixels_is_never_decoded(section: Section, coordinator: User) -> None:
    bomb = bytearray(files.picture("PNG", (10, 10)))
    bomb[16:24] = (60_000).to_bytes(4) * 2
    with pytest.raises(FileRefused, match=r"piksel|rusak"):
        add(section, coordinator, bytes(bomb), "peta.png")


def test_limits_are_those_of_evidence(section: Section, coordinator: User, monkeypatch) -> None:
    with pytest.raises(FileRefused, match=r"batasnya 10 MB\. Kecilkan gambarnya"):
        add(section, coordinator, files.picture() + b"0" * (10 * taking.MEGABYTE))
    monkeypatch.setattr(taking, "MOST_FILES", 1)
    add(section, coordinator)
    with pytest.raises(FileRefused, match="batas untuk satu bagian"):
        add(section, coordinator, files.picture(size=(90, 60)))


def test_the_same_picture_twice_is_one_row_and_shares_its_bytes_with_evidence(
    plan: MasterPlan, section: Section, coordinator: User, settings
) -> None:
    take = partial(section_pictures.add, section, by=coordinator, data=files.picture())
    first, again = take(name="a.jpg"), take(name="b.jpg")
    assert (first.is_new, again.is_new, again.row) == (True, False, first.row)
    initiative = make_initiative(plan, by=coordinator)
    row = evidence.add(initiative, by=coordinator, name="c.jpg", data=files.picture()).row
    assert row.file == first.row.file
    assert len(stored_files(settings)) == 3


@pytest.mark.parametrize("key", ["pendahuluan", "ringkasan.radar"])
def test_a_place_without_a_text_takes_none(plan: MasterPlan, section: Section, coordinator: User, key: str) -> None:
    with pytest.raises(ValidationError, match="tidak memuat naskah"):
        add(plan.sections.get(key=key), coordinator)


def test_a_place_of_the_regency_takes_some(plan: MasterPlan, section: Section, coordinator: User) -> None:
    own = outline.add_section(plan, by=coordinator, book="buku-3", parent=None, title="Galeri")
    add(own, coordinator)
    assert own.pictures.count() == 1


def test_others_may_not(
    section: Section, coordinator: User, agency_head: User, executive: User, expert: User, outsider: User
) -> None:
    picture = add(section, coordinator)
    for person in (agency_head, executive, expert, outsider):
        for act in (
            lambda by=person: add(section, by, files.picture(size=(90, 60))),
            lambda by=person: section_pictures.save(picture, by=by, data={"alt": "x"}, version=9),
            lambda by=person: section_pictures.move(picture, by=by, step=1),
            lambda by=person: section_pictures.remove(picture, by=by),
        ):
            with pytest.raises(PermissionDenied):
                act()
    assert section.pictures.get().alt == ""


# What it shows -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "sentence"),
    [({"caption": "  "}, "tidak boleh kosong"), ({"alt": ""}, "tidak boleh kosong"), ({"caption": "x" * 201}, "batasnya 200"),
     ({"source": "x" * 201}, "batasnya 200"), ({"alt": "x" * 601}, "batasnya 600")],
)  # fmt: skip
def test_answers_are_judged(section: Section, coordinator: User, data: dict[str, str], sentence: str) -> None:
    picture = make_picture(section, coordinator)
    with pytest.raises(ValidationError, match=sentence):
        section_pictures.save(picture, by=coordinator, data=data, version=picture.edit_version)


def test_order(section: Section, coordinator: User) -> None:
    one, two, three = (make_picture(section, coordinator, f"Peta {n}", size=(90 + n, 60)) for n in range(3))
    section_pictures.move(three, by=coordinator, step=-1)
    section_pictures.move(one, by=coordinator, step=-1)
    assert list(section.pictures.all()) == [one, three, two]


def test_history_of_the_section_tells_each_step_also_of_what_is_gone(section: Section, coordinator: User) -> None:
    other = make_picture(section, coordinator, "Tetap", size=(90, 60))
    picture = make_picture(section, coordinator, "Peta")
    section_pictures.remove(picture, by=coordinator)
    gone = [change for change in picture_changes(section) if change.subject_id == picture.pk]
    assert [(change.before.get("caption"), change.after.get("caption")) for change in gone] == [
        ("Peta", None), (None, None), (None, "Peta")
    ]  # fmt: skip
    assert gone[0].before["alt"] == "Yang terlihat pada Peta"
    assert {change.subject_id for change in picture_changes(section)} == {other.pk, picture.pk}
    elsewhere = section.master_plan.sections.get(key="pendahuluan.dasar-hukum")
    assert not picture_changes(elsewhere).exists()


def test_with_a_section_go_its_pictures_and_the_record_stays(plan: MasterPlan, section: Section, coordinator: User):
    own = outline.add_section(plan, by=coordinator, book="buku-2", parent=section.parent, title="Sendiri")
    picture = make_picture(own, coordinator)
    outline.remove_section(own, by=coordinator)
    last = WritingChange.objects.get(kind="picture", subject_id=picture.pk, after={})
    assert last.before["section"] == picture.section_id
    assert EvidenceFile.objects.filter(pk=picture.file_id, used_at__gte=timezone.now() - timedelta(minutes=1)).exists()


# What is kept, and what goes ------------------------------------------------------------------------------------------


def test_removed_bytes_go_a_day_later_and_shown_ones_stay(
    section: Section, coordinator: User, settings, django_capture_on_commit_callbacks
) -> None:
    shown = make_picture(section, coordinator, size=(90, 60))
    section_pictures.remove(make_picture(section, coordinator), by=coordinator)
    assert forget_unused_files() == 0, "a print that is under way may need it"
    later = time_machine.travel(timezone.now() + timedelta(hours=25))
    with later, django_capture_on_commit_callbacks(execute=True):
        assert forget_unused_files() == 1
    assert sorted(str(path.relative_to(settings.MEDIA_ROOT)) for path in stored_files(settings)) == sorted(
        shown.file.names
    )


def test_an_edition_keeps_the_bytes_it_prints(
    plan: MasterPlan, section: Section, coordinator: User, tmp_path: Path
) -> None:
    make_initiative(plan, by=coordinator, status="submitted", coordinator=coordinator)
    picture = make_picture(section, coordinator, source="Diskominfo, 2021")
    with picture.file.printed.open("rb") as stored:
        printed = stored.read()
    edition = editions.take_snapshot(plan, by=coordinator)
    section_pictures.remove(picture, by=coordinator)
    with time_machine.travel(timezone.now() + timedelta(days=40)):
        assert forget_unused_files() == 0
    frozen = edition.content["sections"][section.key]["pictures"]
    assert frozen == [
        {
            "key": str(picture.pk), "caption": "Peta titik layanan", "alt": "Yang terlihat pada Peta titik layanan",
            "source": "Diskominfo, 2021", "sha256": picture.file.sha256,
            "image": {"file": f"{picture.file.sha256}.jpg", "width": 900, "height": 600},
        }
    ]  # fmt: skip
    folder = images_of(edition.content, tmp_path / "gambar")
    assert (folder / frozen[0]["image"]["file"]).read_bytes() == printed


def test_a_locked_plan_takes_no_picture_and_loses_none(
    plan: MasterPlan, section: Section, agency: Agency, agency_head: User, coordinator: User
) -> None:
    picture = make_picture(section, coordinator)
    make_initiative(plan, agency=agency, by=agency_head, status="approved", coordinator=coordinator)
    make_edition(plan, status="adopted")
    with pytest.raises(ValidationError, match="Rencana induk terkunci"):
        add(section, coordinator, files.picture(size=(90, 60)))
    with pytest.raises(ValidationError, match="Rencana induk terkunci"):
        section_pictures.remove(picture, by=coordinator)
    assert section.pictures.count() == 1
