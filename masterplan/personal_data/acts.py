"""Every column that names who acted. Rows of the office's record stay when a person is erased.

They then point at the emptied account, and say by role and agency who it was. What stands here is also what an export
tells a person to have done: what, when and where, with the words that the act itself consists of.
"""

from dataclasses import dataclass

PURPOSE = "catatan kantor: siapa yang bertindak, sebagai peran apa, dan kapan"
ON_ERASURE = "tetap; menunjuk akun yang sudah dikosongkan, dan peran serta perangkat daerahnya"


@dataclass(frozen=True)
class Act:
    """A column with the account of who did something, the column of the moment, and the words that are theirs alone."""

    column: str
    description: str
    at: str = ""
    words: tuple[str, ...] = ()

    @property
    def table(self) -> str:
        """Label of the model."""
        return self.column.rpartition(".")[0]

    @property
    def field(self) -> str:
        """Name of the foreign key."""
        return self.column.rpartition(".")[2]


ACTS: tuple[Act, ...] = (
    Act("agencies.Invitation.invited_by", "mengundang", "invited_at"),
    Act("agencies.Invitation.revoked_by", "membatalkan undangan", "revoked_at"),
    Act("agencies.Membership.suspended_by", "menonaktifkan keanggotaan", "suspended_at"),
    Act("agencies.MinistryMember.suspended_by", "menonaktifkan orang kementerian", "suspended_at"),
    Act("agencies.Grant.given_by", "menugaskan tenaga ahli", "given_at"),
    Act("agencies.Grant.ended_by", "mencabut penugasan", "ended_at"),
    Act("agencies.SecurityEvent.actor", "mengubah akses", "at"),
    Act("agencies.SetupLink.used_by", "memakai tautan penyiapan", "used_at"),
    Act("masterplan.MasterPlan.filling_opened_by", "membuka pengisian", "filling_opened_at"),
    Act("admin.LogEntry.user", "mengubah lewat admin", "action_time"),
    Act("masterplan.Initiative.created_by", "membuat inisiatif", "created_at"),
    Act("masterplan.Initiative.updated_by", "terakhir mengubah inisiatif", "updated_at"),
    Act("masterplan.Initiative.submitted_by", "mengirim inisiatif", "submitted_at"),
    Act("masterplan.Initiative.approved_by", "menyetujui inisiatif", "approved_at"),
    Act("masterplan.Initiative.waived_by", "menyetujui tanpa program RPJMD", "waived_at", ("waiver_reason",)),
    Act("masterplan.Initiative.reviewer", "ditunjuk meninjau inisiatif"),
    Act("masterplan.Initiative.behalf_confirmed_by", "membenarkan isian atas nama", "behalf_confirmed_at"),
    Act("masterplan.AlignmentLink.proposed_by", "mengusulkan tautan", "proposed_at", ("rationale",)),
    Act("masterplan.AlignmentLink.decided_by", "memutuskan tautan", "decided_at", ("decision_reason",)),
    Act("masterplan.InitiativeChange.by", "menyimpan isian", "at"),
    Act("masterplan.WritingChange.by", "menyimpan naskah", "at"),
    Act("masterplan.StatusChange.by", "mengubah keadaan inisiatif", "at", ("comment",)),
    Act("masterplan.ReadinessCell.updated_by", "terakhir mengubah kesiapan", "updated_at"),
    Act("masterplan.GapItem.updated_by", "terakhir mengubah kesenjangan", "updated_at"),
    Act("masterplan.SwotItem.updated_by", "terakhir mengubah butir SWOT", "updated_at"),
    Act("masterplan.SwotStrategy.updated_by", "terakhir mengubah strategi SWOT", "updated_at"),
    Act("masterplan.Section.updated_by", "terakhir mengubah naskah bab", "updated_at"),
    Act("masterplan.Section.responsible", "ditunjuk menulis naskah bab"),
    Act("masterplan.SectionPicture.updated_by", "terakhir mengubah gambar naskah", "updated_at"),
    Act("masterplan.Evidence.uploaded_by", "mengunggah bukti", "uploaded_at", ("title", "original_name")),
    Act("masterplan.WorkshopMaterial.added_by", "menambah materi bimtek", "added_at", ("title", "original_name")),
    Act("masterplan.WorkshopClosing.closed_by", "menutup tahap bimtek", "closed_at", ("note",)),
    Act("masterplan.WorkshopClosing.reopened_by", "membuka kembali tahap bimtek", "reopened_at", ("reason",)),
    Act("masterplan.WorkshopPaper.requested_by", "meminta naskah bimtek", "requested_at"),
    Act("masterplan.OutputDelivery.ticked_by", "menandai hasil diserahkan", "delivered_at"),
    Act("masterplan.SignInPage.opened_by", "membuka daftar hadir", "opened_at"),
    Act("masterplan.DeadlineExtension.granted_by", "memperpanjang batas kirim", "granted_at", ("reason",)),
    Act("masterplan.InitiativeReminder.by", "mengingatkan", "at", ("message",)),
    Act("masterplan.LetterJob.requested_by", "meminta surat", "requested_at", ("title",)),
    Act("masterplan.Snapshot.taken_by", "membekukan edisi", "taken_at", ("label",)),
    Act("masterplan.Snapshot.adopted_by", "menetapkan edisi", "adopted_at"),
    Act("masterplan.BookJob.requested_by", "meminta buku", "requested_at"),
    Act("masterplan.SheetJob.requested_by", "meminta pratinjau lembar", "requested_at"),
    Act("masterplan.BookDownload.by", "mengunduh buku", "at"),
    Act("masterplan.PlanImport.requested_by", "mengunggah RPJMD atau Renstra", "requested_at", ("filename",)),
    Act("masterplan.WorkbookImport.requested_by", "mengunggah buku kerja", "requested_at", ("filename",)),
    Act("masterplan.ColumnProfile.saved_by", "menyimpan arti kolom", "saved_at"),
    Act("masterplan.ProgressReport.updated_by", "terakhir mengubah laporan kemajuan", "updated_at"),
    Act("masterplan.ProgressReport.reported_by", "mengirim laporan kemajuan", "reported_at"),
    Act(
        "masterplan.ProgressEvidence.uploaded_by", "mengunggah bukti laporan", "uploaded_at", ("title", "original_name")
    ),
    Act("masterplan.ProgressCalendar.set_by", "menetapkan jadwal laporan", "set_at"),
    Act("masterplan.ReplySnippet.by", "menyimpan balasan siap pakai", "at", ("title", "text")),
    Act("masterplan.Succession.decided_by", "memadankan unsur rencana", "decided_at"),
    Act("masterplan.Thread.opened_by", "membuka catatan", "opened_at"),
    Act("masterplan.Thread.assigned_to", "ditugasi sebuah catatan", "assigned_at"),
    Act("masterplan.Thread.resolved_by", "menyelesaikan catatan", "resolved_at"),
    Act("masterplan.Comment.author", "menulis tanggapan", "created_at", ("body",)),
    Act("masterplan.CheckWaiver.waived_by", "mengesampingkan temuan", "waived_at", ("reason",)),
)
