"""How an agency judges its initiative at the end of a quarter."""

from django.db.models import TextChoices


class ProgressState(TextChoices):
    """How an initiative is getting on at the end of a quarter, as its agency judges it."""

    NOT_STARTED = "not_started", "Belum dimulai"
    ON_TRACK = "on_track", "Berjalan sesuai rencana"
    BEHIND = "behind", "Berjalan, tertinggal dari rencana"
    HALTED = "halted", "Terhenti"
    FINISHED = "finished", "Selesai"
