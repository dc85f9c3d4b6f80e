"""Every other column of text: what the office writes, in which people may be spoken of, and what is about nobody.

Erasing changes none of them: a sentence of a plan belongs to the office, and its author can correct it.
`search` says in which of them a name or an address still stands. Of an initiative's answers the registry says which
may speak of people.
"""

from masterplan.registry import FIELDS


def _answers(*, personal: bool) -> str:
    """The columns of an initiative that hold text of people, or of nobody."""
    return " ".join(key for key, field in FIELDS.items() if field.personal is personal)


PURPOSE = "naskah dan berkas kerja kantor; orang hanya tersebut bila seseorang menulisnya"
ON_ERASURE = "tetap; erase_person menyebut kolom yang masih memuat nama atau alamatnya, agar penulisnya memperbaiki"

# Table -> columns. Kept as long as what they belong to; uploads and previews are forgotten after a month.
WRITTEN: dict[str, str] = {
    "agencies.Regency": "name capital strategic_area programme_round programme_source letterhead",
    "agencies.RegencyFact": "label value unit source",
    "agencies.Agency": "name short_name aliases",
    "agencies.Ministry": "name unit",
    "agencies.ProgrammeRound": "name priority_areas",
    "agencies.Cluster": "name",
    "masterplan.DevelopmentPlan": "title vision legal_basis source",
    "masterplan.PlanElement": "text",
    "masterplan.Indicator": "name unit baseline end_condition",
    "masterplan.IndicatorTarget": "text",
    "masterplan.MasterPlan": "title vision readiness_levels",
    "masterplan.Initiative": f"{_answers(personal=True)} waiver_reason",
    "masterplan.AlignmentLink": "rationale decision_reason",
    "masterplan.Partner": "name contribution",
    "masterplan.Activity": "name output",
    "masterplan.InitiativeIndicator": "name unit baseline end_condition",
    "masterplan.InitiativeTarget": "text",
    "masterplan.QuickWinWorksheet": "deliverable",
    "masterplan.QuickWinScore": "note",
    "masterplan.InitiativeChange": "before after",
    "masterplan.WritingChange": "before after",
    "masterplan.ReadinessCell": "condition score evidence problem recommendation",
    "masterplan.GapItem": "indicator ideal existing gap cause response",
    "masterplan.SwotItem": "text",
    "masterplan.SwotStrategy": "text",
    "masterplan.Evidence": "title original_name",
    "masterplan.Workshop": "stage title place online_link agenda expected_output minutes source",
    "masterplan.AgendaItem": "topic speaker",
    "masterplan.WorkshopMaterial": "title original_name link",
    "masterplan.WorkshopOutput": "title",
    "masterplan.WorkshopClosing": "note reason",
    "masterplan.WorkshopPaper": "error content report",  # lists of those who came go with the rows of Attendee
    "masterplan.DeadlineExtension": "reason",
    "masterplan.Snapshot": "label reason content decree_number",
    "masterplan.BookJob": "error report",
    "masterplan.SheetJob": "error content report",
    "masterplan.LetterJob": "error title content report",  # who signs a letter is typed
    "masterplan.PlanImport": "error filename result tables answers",
    "masterplan.ColumnProfile": "heads roles",
    "masterplan.WorkbookImport": "error filename result chosen",
    "masterplan.ProgressReport": "output problem follow_up",
    "masterplan.ProgressValue": "name unit text",
    "masterplan.ProgressEvidence": "title original_name",
    "masterplan.InitiativeReminder": "message",
    "masterplan.StatusChange": "comment",
    "masterplan.Section": "title lead body",
    "masterplan.SectionPicture": "caption alt source original_name",
    "masterplan.ReplySnippet": "title text",
    "masterplan.Comment": "body quote",
    "masterplan.CheckWaiver": "subject_name reason",
}

# Reason -> table -> columns.
NOBODY: dict[str, dict[str, str]] = {
    "peran dan perangkat daerah pada saat bertindak, bukan nama": {
        "masterplan.Initiative": "updated_as behalf_as behalf_confirmed_as",
        "masterplan.InitiativeChange": "by_role",
        "masterplan.WritingChange": "by_role",
        "masterplan.Evidence": "uploaded_as",
        "masterplan.WorkshopClosing": "closed_as reopened_as",
        "masterplan.InitiativePresence": "by_role",
        "masterplan.ProgressReport": "reported_as",
        "masterplan.ProgressEvidence": "uploaded_as",
        "masterplan.InitiativeReminder": "by_role",
        "masterplan.StatusChange": "by_role",
        "masterplan.OutputDelivery": "ticked_as",
        "masterplan.Thread": "assigned_as",
        "masterplan.Comment": "author_role",
    },
    "kode, kunci, dan nama pilihan yang dibuat portal": {
        "smartcity.Heartbeat": "name",
        "smartcity.AuditSeal": "table columns rows open_gaps",
        "agencies.OutgoingMail": "stage news",
        "agencies.Grant": "dimensions",
        "masterplan.PlanElement": "sort_key",
        "masterplan.Dimension": "code",
        "masterplan.SubDimension": "key",
        "masterplan.Initiative": "code model_key",
        "masterplan.InitiativeChange": "request_key",
        "masterplan.WritingChange": "request_key",
        "masterplan.BookJob": "stage book variant portion code",
        "masterplan.SheetJob": "stage",
        "masterplan.LetterJob": "stage",
        "masterplan.PlanImport": "stage removed",
        "masterplan.ColumnProfile": "signature",
        "masterplan.ProgressValue": "key",
        "masterplan.StatusChange": "transition from_status to_status",
        "masterplan.Section": "key",
        "masterplan.OutlineCount": "places",
        "masterplan.SignInPage": "code",
        "masterplan.Thread": "field",
        "masterplan.CheckWaiver": "check_code",
        "masterplan.WorkbookImport": "stage",
        "masterplan.WorkshopPaper": "stage",
        "admin.LogEntry": "object_id",
        # Empty: the provider stands in the settings, and no token of it is kept.
        "socialaccount.SocialApp": "provider provider_id name client_id secret key settings",
        "socialaccount.SocialToken": "token token_secret",
        "auth.Permission": "name codename",
        "auth.Group": "name",
        "contenttypes.ContentType": "app_label model",
    },
    "nama dan kode wilayah atau nomenklatur resmi": {
        "agencies.Regency": "slug code province time_zone government_name",
        "agencies.Agency": "code",
        "agencies.Grant": "region_code",
        "agencies.Participation": "region_code",
        "agencies.District": "code name bps_code",
        "masterplan.PlanElement": "code",
        "masterplan.Dimension": "name",
        "masterplan.SubDimension": "name description",
        "masterplan.Initiative": _answers(personal=False),
    },
    "sidik isi dan nama berkas yang diberi portal": {
        "smartcity.AuditSeal": "digests previous value",
        "agencies.SetupLink": "token_hash",
        "agencies.Regency": "logo",
        "masterplan.EvidenceFile": "sha256 stored thumbnail printed",
        "masterplan.Evidence": "sent_sha256",
        "masterplan.EvidenceUpload": "key part",
        "masterplan.Snapshot": "sha256",
        "masterplan.BookFile": "sha256 stored",
        "masterplan.SheetJob": "sha256",
        "masterplan.LetterJob": "sha256",
        "masterplan.PlanImport": "file",
        "masterplan.ProgressEvidence": "sent_sha256",
        "masterplan.SectionPicture": "sent_sha256",
        "masterplan.WorkbookImport": "file marked",
        "masterplan.WorkshopPaper": "sha256",
    },
    "nama pada sertifikat instansi yang dipasang pengelola": {
        "masterplan.BookFile": "signed_by",
    },
}
