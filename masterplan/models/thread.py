"""The conversations at the fields of an initiative and at the sections of the books, and who may read them.

They remain in every state. The initiative or section of a conversation is called its subject.

Every other module reads them through `conversations`, `readable` or `open_thread_count`, never past these: a note that
an agency keeps to itself must show nowhere else, not even in a count.
"""

from collections.abc import Collection, Iterable
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone

from agencies.models import Agency, Regency
from masterplan.models.initiatives.initiative import Initiative
from masterplan.models.initiatives.review import COMMENT_LIMIT
from masterplan.models.texts.section import Section
from smartcity.common.constraints import both_or_neither

from .master_plan import MasterPlan

QUOTE_LIMIT = 600

Subject = Initiative | Section


class Thread(models.Model):
    """A conversation at one field of an initiative (`field` is a key of the registry) or at a section (`field` is "").

    With `private_to` it belongs to the people of that agency alone, also when the subject is handed on.
    """

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, null=True, blank=True, related_name="threads")
    section = models.ForeignKey(Section, on_delete=models.CASCADE, null=True, blank=True, related_name="threads")
    field = models.CharField("isian", max_length=40, blank=True)
    private_to = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="hanya untuk"
    )
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField("dibuka", default=timezone.now)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="assigned_threads"
    )
    assigned_as = models.CharField("ditugaskan kepada", max_length=200, blank=True)
    assigned_at = models.DateTimeField("ditugaskan", null=True, blank=True)
    due_date = models.DateField("paling lambat", null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    resolved_at = models.DateTimeField("selesai", null=True, blank=True)

    # The comments in order, and the thread's number among those of its kind; filled in by `conversations`.
    loaded_comments: "list[Comment]"
    number: int

    class Meta:
        verbose_name = "catatan"
        verbose_name_plural = "catatan"
        ordering = ("opened_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=(Q(initiative__isnull=False, section__isnull=True) & ~Q(field=""))
                | Q(initiative__isnull=True, section__isnull=False, field=""),
                name="thread_about_one_thing",
            ),
            both_or_neither("resolved_at", "resolved_by", table="thread"),
            both_or_neither("assigned_at", "assigned_to", table="thread"),
            models.CheckConstraint(
                condition=Q(due_date__isnull=True) | Q(assigned_to__isnull=False), name="thread_due_is_assigned"
            ),
        )

    def __str__(self) -> str:
        return f"{self.initiative.code}: {self.field}" if self.initiative else str(self.subject)

    @property
    def subject(self) -> Subject:
        """What it is about."""
        found = self.initiative or self.section
        assert found is not None
        return found

    @subject.setter
    def subject(self, subject: Subject) -> None:
        """Set a row that is already loaded, so that it is not read again."""
        if isinstance(subject, Section):
            self.section = subject
        else:
            self.initiative = subject

    @property
    def regency(self) -> Regency:
        """The regency whose subject this is about."""
        return self.subject.regency

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.resolved_at is None

    @property
    def speakers(self) -> set[int | None]:
        """The keys of everybody who wrote in it; None for accounts that were erased."""
        return set(self.comments.values_list("author", flat=True))

    @property
    def is_private(self) -> bool:
        """Whether an agency keeps it to itself."""
        return self.private_to_id is not None

    def is_overdue(self, today: date) -> bool:
        """Whether the day by which it should have been dealt with is past."""
        return self.is_open and self.due_date is not None and self.due_date < today

    def may_be_read_for(self, agency_id: int | None) -> bool:
        """Whether a membership in that agency (None for the desks of the regency) opens it."""
        return self.private_to_id is None or self.private_to_id == agency_id


class Comment(models.Model):
    """One contribution to a thread; the author's role is kept as it was on that day.

    `edit_version` is the version of the subject that the author saw, so that later changes can be shown.
    """

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    author_role = models.CharField("sebagai", max_length=200)
    body = models.TextField("isi", max_length=COMMENT_LIMIT)
    quote = models.TextField("kutipan", blank=True, max_length=QUOTE_LIMIT)
    edit_version = models.PositiveIntegerField("versi isian", default=1)
    created_at = models.DateTimeField("waktu", default=timezone.now)

    class Meta:
        verbose_name = "tanggapan"
        verbose_name_plural = "tanggapan"
        ordering = ("created_at", "pk")
        constraints = (models.CheckConstraint(condition=~Q(body=""), name="comment_has_body"),)

    def __str__(self) -> str:
        return self.body[:60]


def readable(agency_ids: Collection[int], prefix: str = "") -> Q:
    """The threads that people of these agencies may read; without any, those that are nobody's own.

    `prefix` leads to the thread from another table ("thread__").
    """
    return Q(**{f"{prefix}private_to__isnull": True}) | Q(**{f"{prefix}private_to__in": sorted(agency_ids)})


def open_thread_count(agency_ids: Collection[int], *, unassigned: bool = False) -> Count:
    """To annotate initiatives or sections with the number of open threads that people of these agencies may read; with
    `unassigned` of those that nobody was asked to deal with.
    """
    counted = Q(threads__resolved_at=None) & readable(agency_ids, "threads__")
    if unassigned:
        counted &= Q(threads__assigned_to=None)
    return Count("threads", filter=counted, distinct=True)


def conversations(subject: Subject, agency_ids: Collection[int]) -> list[Thread]:
    """The threads about `subject` that people of these agencies may read, as they began, with their `loaded_comments`.

    One query. Threads of everybody and private ones are numbered apart, so that no gap tells of what one may not read.
    """
    comments = Comment.objects.filter(readable(agency_ids, "thread__"), thread__in=subject.threads.all())
    threads = _threads_of(
        comments.select_related("thread").order_by("thread__opened_at", "thread_id", "created_at", "pk")
    )
    numbers = {True: 0, False: 0}
    for thread in threads:
        thread.subject = subject
        numbers[thread.is_private] += 1
        thread.number = numbers[thread.is_private]
    return threads


def conversations_of_plan(plan: MasterPlan, initiatives: Collection[int]) -> list[Thread]:
    """The public threads about sections of `plan` and these initiatives (ids of its own), with `loaded_comments`.

    Those of initiatives come first, by their code; then those of the sections by book. One query.
    """
    subject = Q(thread__section__master_plan=plan) | Q(thread__initiative__in=sorted(initiatives))
    comments = Comment.objects.filter(subject, readable((), "thread__"))
    return _threads_of(
        comments.select_related("thread__initiative", "thread__section").order_by(
            F("thread__initiative__code").asc(nulls_last=True),
            "thread__section__book",
            "thread__opened_at",
            "thread_id",
            "created_at",
            "pk",
        )
    )


def _threads_of(comments: Iterable[Comment]) -> list[Thread]:
    """The threads of these comments, which come together and in order, each with their `loaded_comments`."""
    threads: dict[int, Thread] = {}
    for comment in comments:
        thread = threads.setdefault(comment.thread_id, comment.thread)
        if thread is comment.thread:
            thread.loaded_comments = []
        thread.loaded_comments.append(comment)
    return list(threads.values())
