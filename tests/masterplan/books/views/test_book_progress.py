"""The page of a print job: what it says while one waits, calling off, and where each fault is mended."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from masterplan.books import actions as books
from masterplan.books import queue
from masterplan.models import BookJob
from masterplan.review.actions import reviews
from masterplan.sections.actions.outline import complete_outline
from smartcity.common import jobs
from smartcity.common.jobs import JobState
from tests.factories import finish_book, make_book_job, make_edition, make_initiative
from tests.factories.people import PASSWORD


@pytest.fixture
def job(plan, coordinator) -> BookJob:
    return make_book_job(make_edition(plan), by=coordinator)


def page(job: BookJob) -> str:
    return reverse("book_progress", args=[job.regency.slug, job.pk])


def cancelling(job: BookJob) -> str:
    return reverse("book_cancel", args=[job.regency.slug, job.pk])


def read(client: Any, job: BookJob) -> str:
    return client.get(page(job)).content.decode()


def test_place_and_time_are_said_without_javascript(client_of, coordinator, plan, job):
    earlier = finish_book(make_book_job(make_edition(plan)))
    BookJob.objects.filter(pk=earlier.pk).update(started_at=earlier.finished_at - timedelta(seconds=118))
    make_book_job()
    last = make_book_job(make_edition(plan), by=coordinator)
    html = read(client_of(coordinator), last)

    assert "2 permintaan lain lebih dulu" in html
    assert "sekitar 6 menit lagi" in html
    assert f'<a href="{page(last)}">Muat ulang</a>' in html


def test_nothing_is_said_about_time_while_nothing_is_known(client_of, coordinator, job):
    html = read(client_of(coordinator), job)

    assert "Berikutnya dikerjakan" in html
    assert "sekitar" not in html


def test_stage_and_parts_done(client_of, coordinator, job):
    taken = queue.claim_next(60)
    jobs.report_progress(taken, "parts", 7, 20)

    assert "7 dari 20 bagian" in read(client_of(coordinator), job)


def test_who_asked_may_call_it_off_and_ask_again(client_of, coordinator, job):
    client = client_of(coordinator)
    assert f'action="{cancelling(job)}"' in read(client, job)
    html = client.post(cancelling(job), follow=True).content.decode()

    assert "Buku 2 edisi 1 dibatalkan" in html
    assert "Dibatalkan oleh Koordinator" in html
    assert "Susun lagi" in html
    assert "hx-get" not in html
    again = client.post(reverse("book_request", args=[job.regency.slug, 1, "buku-2"]), follow=True)
    assert again.redirect_chain[0][0] == page(job)
    assert "Berikutnya dikerjakan" in again.content.decode()


@pytest.mark.parametrize("person", ["executive", "expert", "drafter", "agency_head"])
def test_who_did_not_ask_sees_no_such_button_and_may_not(client_of, request, job, person):
    client = client_of(request.getfixturevalue(person))

    assert cancelling(job) not in read(client, job)
    assert client.post(cancelling(job)).status_code == 403
    assert BookJob.objects.get().state == JobState.QUEUED


def test_too_late_to_call_off_is_said(client_of, coordinator, job):
    finish_book(job)

    assert "tidak ada yang dibatalkan" in client_of(coordinator).post(cancelling(job), follow=True).content.decode()
    assert BookJob.objects.get().state == JobState.DONE


def test_too_many_requests_are_refused_on_the_page(client_of, coordinator, plan, job, settings):
    settings.BOOKS_WAITING = 1
    edition = make_edition(plan)
    asked = client_of(coordinator).post(
        reverse("book_request", args=[job.regency.slug, edition.number, "buku-2"]), follow=True
    )

    assert "sudah menunggu giliran" in asked.content.decode()
    assert BookJob.objects.count() == 1


def test_the_link_of_a_mail_survives_signing_in(client, coordinator, job):
    coordinator.set_password(PASSWORD)
    coordinator.save()
    login = client.get(page(job), follow=True)
    form = {"login": coordinator.email, "password": PASSWORD, "next": page(job)}

    assert f'value="{page(job)}"' in login.content.decode()
    assert client.post(login.redirect_chain[-1][0], form, follow=True).redirect_chain[-1][0] == page(job)


# Where faults are mended ----------------------------------------------------------------------------------------------


@pytest.fixture
def initiatives(plan, agency, agency_head, coordinator):
    """One that was returned and can be mended, one that was approved and cannot."""
    returned = make_initiative(plan, agency=agency, by=agency_head, status="returned", coordinator=coordinator)
    approved = make_initiative(plan, agency=agency, by=agency_head, status="approved", coordinator=coordinator)
    return returned, approved


@pytest.fixture
def failed(plan, coordinator, initiatives) -> BookJob:
    """A book that failed over all kinds of faults."""
    complete_outline(plan, bodies={}, by=coordinator)
    returned, approved = initiatives
    job = make_book_job(make_edition(plan), by=coordinator)
    problems = [
        {"key": f"initiatives[{returned.code}].problem", "sentence": "Masalah tidak lengkap."},
        {"key": f"in-{returned.code}", "sentence": "Lembar tidak dapat dicetak."},
        {"key": f"initiatives[{approved.code}].risk", "sentence": "Risiko tidak lengkap."},
        {"key": "sections.visi.visi-misi.body", "sentence": "Visi tidak lengkap."},
        {"key": "sections.visi.visi-misi.pictures[0].caption", "sentence": "Keterangan tidak lengkap."},
        {"key": "bagian-visi-visi-misi", "sentence": "Gambar terlalu kasar."},
        {"key": "bab-2", "sentence": "Bab tidak dapat dicetak."},
        {"key": "halaman 7", "sentence": "Tautan tidak sampai."},
    ]
    assert jobs.fail(queue.claim_next(60), "Teks tidak lengkap.", report={"problems": problems})
    job.refresh_from_db()
    return job


def linked(html: str, sentence: str) -> str:
    """Where a sentence leads, "" when it is no link."""
    before, _, _ = html.partition(f">{sentence}</a>")
    return before.rpartition('href="')[2].removesuffix('"') if f">{sentence}</a>" in html else ""


def test_each_fault_leads_to_its_question_or_chapter(client_of, coordinator, regency, plan, failed, initiatives):
    returned, approved = initiatives
    html = read(client_of(coordinator), failed)
    section = plan.sections.get(key="visi.visi-misi")

    edit = reverse("initiative_edit", args=[regency.slug, returned.pk, "identitas"])
    assert linked(html, "Masalah tidak lengkap.") == f"{edit}#id_problem"
    assert linked(html, "Lembar tidak dapat dicetak.") == reverse("sheet_preview", args=[regency.slug, returned.pk])
    assert linked(html, "Risiko tidak lengkap.") == reverse("initiative_detail", args=[regency.slug, approved.pk])
    for sentence in ("Visi tidak lengkap.", "Keterangan tidak lengkap.", "Gambar terlalu kasar."):
        assert linked(html, sentence) == reverse("section_edit", args=[regency.slug, section.pk])
    assert linked(html, "Bab tidak dapat dicetak.") == reverse("section_list", args=[regency.slug])
    assert "Tautan tidak sampai." in html
    assert "Ada 8 hal yang perlu diperbaiki dulu" in html
    assert linked(html, "Tautan tidak sampai.") == ""


def test_every_link_opens_for_whom_it_is_shown(client_of, coordinator, agency_head, executive, expert, failed):
    for person in (coordinator, agency_head, executive, expert):
        client = client_of(person)
        html = read(client, failed)
        note = html.partition("Yang perlu diperiksa")[2].partition("</div>")[0]
        links = [part.partition('"')[0] for part in note.split('href="')[1:]]
        assert links, person
        assert {client.get(link).status_code for link in links} == {200}, person


def test_an_agency_is_led_to_its_own_form_and_to_no_chapter(client_of, drafter, expert, failed):
    assert linked(read(client_of(drafter), failed), "Masalah tidak lengkap.").endswith("#id_problem")
    html = read(client_of(expert), failed)

    assert "#id_problem" not in html
    assert linked(html, "Visi tidak lengkap.") == ""


def test_an_initiative_one_may_not_know_of_is_no_link(client_of, coordinator, expert, plan, failed, initiatives):
    returned, _ = initiatives
    reviews.transition(returned, name="withdraw", by=coordinator, comment="")

    assert linked(read(client_of(expert), failed), "Masalah tidak lengkap.") == ""


def test_the_finished_book_names_its_faults_too(client_of, coordinator, regency, failed, initiatives):
    books.request_book(failed.snapshot, book="buku-2", by=coordinator)
    done = finish_book(failed)
    BookJob.objects.filter(pk=done.pk).update(
        report={"problems": [{"key": f"initiatives[{initiatives[0].code}].problem", "sentence": "Huruf asing."}]}
    )

    assert linked(read(client_of(coordinator), done), "Huruf asing.").endswith("#id_problem")
