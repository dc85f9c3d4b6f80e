"""The record of a review: what changed state, and the conversations at the fields. They outlive every state."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from agencies.models import Regency
from masterplan.reference import EditionStatus, InitiativeStatus
from smartcity.common.constraints import both_or_neither

from .document import Snapshot
from .initiative import Initiative

COMMENT_LIMIT = 2000


class StatusChange(models.Model):
    """One transition of an initiative or an edition. Rows are only ever added."""

    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, null=True, blank=True, related_name="status_changes"
    )
    snapshot = models.ForeignKey(
        Snapshot, on_delete=models.CASCADE, null=True, blank=True, related_name="status_changes"
    )
    transition = models.CharField("langkah", max_length=20)
    from_status = models.CharField("dari", max_length=12)
    to_status = models.CharField("menjadi", max_length=12)
    comment = models.TextField("pesan", blank=True, max_length=COMMENT_LIMIT)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_role = models.CharField("peran", max_length=120, blank=True)
    at = models.DateTimeField("waktu", default=timezone.now)

    class Meta:
        verbose_name = "perubahan keadaan"
        verbose_name_plural = "perubahan keadaan"
        ordering = ("-at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(initiative__isnull=True, snapshot__isnull=False)
                | Q(initiative__isnull=False, snapshot__isnull=True),
                name="statuschange_about_one_thing",
            ),
            models.CheckConstraint(
                condition=~Q(transition="return") | ~Q(comment=""), name="statuschange_return_has_comment"
            ),
        )

    def __str__(self) -> str:
        return f"{self.from_status} → {self.to_status}"

    @property
    def to_label(self) -> str:
        """The state it led to, in words."""
        states = EditionStatus if self.snapshot_id else InitiativeStatus
        return str(states(self.to_status).label)


class Thread(models.Model):
    """A conversation at one field of an initiative; `field` is a key of the registry."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="threads")
    field = models.CharField("isian", max_length=40)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField("dibuka", default=timezone.now)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    resolved_at = models.DateTimeField("selesai", null=True, blank=True)

    # What was said, in order; filled in by `conversations`.
    said: "list[Comment]"

    class Meta:
        verbose_name = "catatan"
        verbose_name_plural = "catatan"
        ordering = ("opened_at", "pk")
        constraints = (both_or_neither("resolved_at", "resolved_by", table="thread"),)

    def __str__(self) -> str:
        return f"{self.initiative.code}: {self.field}"

    @property
    def regency(self) -> Regency:
        """The regency whose initiative this is about."""
        return self.initiative.regency


class Comment(models.Model):
    """One contribution to a thread; the author's role is kept as it was on that day."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    author_role = models.CharField("sebagai", max_length=200)
    body = models.TextField("isi", max_length=COMMENT_LIMIT)
    created_at = models.DateTimeField("waktu", default=timezone.now)

    class Meta:
        verbose_name = "tanggapan"
        verbose_name_plural = "tanggapan"
        ordering = ("created_at", "pk")
        constraints = (models.CheckConstraint(condition=~Q(body=""), name="comment_has_body"),)

    def __str__(self) -> str:
        return self.body[:60]


def conversations(initiative: Initiative) -> list[Thread]:
    """The threads of an initiative in the order they began, each with what was `said`, in one query."""
    threads: dict[int, Thread] = {}
    comments = Comment.objects.filter(thread__initiative=initiative).select_related("thread")
    for comment in comments.order_by("thread__opened_at", "thread_id", "created_at", "pk"):
        thread = threads.setdefault(comment.thread_id, comment.thread)
        if thread is comment.thread:
            thread.said, thread.initiative = [], initiative
        thread.said.append(comment)
    return list(threads.values())
