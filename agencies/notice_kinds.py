"""The kinds of news. Pure: which of them can reach a role is declared in `roles`, how they come in `models.notice`."""

from django.db.models import TextChoices


class NoticeKind(TextChoices):
    """What a notice is about; people choose for each kind how it is delivered."""

    RETURNED = "returned", "Inisiatif dikembalikan"
    ASSIGNED = "assigned", "Ditugaskan kepada Anda"
    REMINDED = "reminded", "Pengingat dari koordinator"
    EXTENDED = "extended", "Batas kirim diperpanjang"
    INVITED = "invited", "Undangan bimtek dan perubahannya"
    BOOK = "book", "Buku yang Anda minta"
    SUBMITTED = "submitted", "Inisiatif dikirim untuk ditinjau"
    APPROVED = "approved", "Inisiatif disetujui"
    COMMENTED = "commented", "Catatan dan balasan"
    LINK_DECIDED = "link_decided", "Keputusan atas tautan"
    FILLED_IN = "filled_in", "Diisi atas nama perangkat daerah Anda"
