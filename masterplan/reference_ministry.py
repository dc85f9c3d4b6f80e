"""What the ministry's pages call things: the states of a regency in the programme. Nothing here is stored."""

from django.db.models import TextChoices


class PlanState(TextChoices):
    """How far a regency is, from not begun to monitored; always derived from what there is, never stored."""

    NOT_OPENED = "belum-dibuka", "Belum dibuka"
    PREPARING = "menyiapkan", "Menyiapkan"
    DRAFTING = "menyusun", "Menyusun"
    SENT = "dikirim", "Dikirim"
    REVIEWED = "ditinjau", "Ditinjau"
    ADOPTED = "ditetapkan", "Ditetapkan"
    MONITORED = "dipantau", "Dipantau"
