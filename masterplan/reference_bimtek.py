"""What is fixed about the bimtek: how one takes part, how a delivery is known, what is printed."""

from django.db.models import TextChoices


class AttendanceMode(TextChoices):
    """How an agency, or a person, took part in a workshop."""

    INVITED = "invited", "Diundang"
    ON_SITE = "on_site", "Hadir di tempat"
    ONLINE = "online", "Daring"
    ABSENT = "absent", "Tidak hadir"


PRESENT_MODES: tuple[str, ...] = (AttendanceMode.ON_SITE.value, AttendanceMode.ONLINE.value)


class OutputKind(TextChoices):
    """How the portal knows that an agency delivered what a workshop asks for."""

    TICKED = "ticked", "Ditandai saat diserahkan"
    INITIATIVES = "initiatives", "Otomatis: semua inisiatifnya sudah dikirim"
    QUICK_WIN = "quick_win", "Otomatis: usulan quick win sudah dikirim"


class PaperKind(TextChoices):
    """What is printed of a workshop."""

    MINUTES = "minutes", "Notulen"
    ATTENDANCE = "attendance", "Daftar hadir"
