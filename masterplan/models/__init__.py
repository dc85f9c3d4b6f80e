"""WHAT: development plans, the master plan, its initiatives, their review and alignment, and the books."""

from masterplan.models.change import REQUEST_KEY_LIMIT, ChangeSource
from masterplan.models.initiatives.evidence import (
    EVIDENCE_TITLE_LIMIT,
    Evidence,
    EvidenceFile,
    EvidenceUpload,
    evidence_of,
    forget_abandoned_uploads,
    forget_unused_files,
    load_evidence,
)
from masterplan.models.initiatives.initiative import ROW_LIMIT, Initiative
from masterplan.models.initiatives.initiative_parts import (
    Activity,
    InitiativeChange,
    InitiativeIndicator,
    InitiativeTarget,
    Partner,
    QuickWinScore,
    QuickWinWorksheet,
    YearBudget,
    indicators_by_target,
)
from masterplan.models.initiatives.presence import InitiativePresence
from masterplan.models.initiatives.reminder import REMINDER_LIMIT, InitiativeReminder
from masterplan.models.initiatives.review import COMMENT_LIMIT, StatusChange
from masterplan.models.initiatives.upload import UploadJob
from masterplan.models.initiatives.workbook import WorkbookImport, WorkbookPhase
from masterplan.models.plans.alignment import AlignmentLink
from masterplan.models.plans.development_plan import DevelopmentPlan
from masterplan.models.plans.indicator import BudgetCeiling, Indicator, IndicatorTarget, Measures, measures_of
from masterplan.models.plans.plan_element import PlanElement, code_sort_key
from masterplan.models.plans.plan_import import ColumnProfile, PlanImport, PlanImportPhase, signature_of
from masterplan.models.plans.succession import Succession, decided_between
from masterplan.models.plans.waiver import WAIVER_LIMIT, CheckWaiver
from masterplan.models.texts.analysis import (
    GAP_TEXT_LIMIT,
    INDICATOR_LIMIT,
    STRATEGY_LIMIT,
    SWOT_TEXT_LIMIT,
    GapItem,
    ReadinessCell,
    SwotItem,
    SwotStrategy,
    numbered,
)
from masterplan.models.texts.section import LEAD_LIMIT, SECTION_LIMIT, SECTION_TITLE_LIMIT, OutlineCount, Section
from masterplan.models.texts.section_picture import (
    PICTURE_ALT_LIMIT,
    PICTURE_CAPTION_LIMIT,
    PICTURE_SOURCE_LIMIT,
    SectionPicture,
    picture_changes,
)
from masterplan.models.texts.writing import WritingChange, WrittenRow
from masterplan.models.workshops.attendance import (
    INSTITUTION_LIMIT,
    PERSON_LIMIT,
    POSITION_LIMIT,
    SIGN_IN_GROUPS,
    Attendance,
    Attendee,
    OutputDelivery,
    SignInPage,
    WorkshopOutput,
    attendees_of,
    stages_to_forget,
)
from masterplan.models.workshops.deadline_extension import (
    EXTENSION_REASON_LIMIT,
    DeadlineExtension,
    due_workshops,
    later_deadlines,
)
from masterplan.models.workshops.workshop import (
    LINK_LIMIT,
    MINUTES_LIMIT,
    MOST_DAYS,
    NOTE_LIMIT,
    AgendaItem,
    Workshop,
    WorkshopClosing,
    WorkshopMaterial,
)
from masterplan.models.workshops.workshop_paper import WorkshopPaper
from masterplan.reference import NAME_LIMIT, TEXT_LIMIT

from .desk_view import DESK_VIEW_NAME_LIMIT, DESK_VIEW_QUERY_LIMIT, DeskView
from .dimension import Dimension, SubDimension
from .document import (
    DECREE_LIMIT,
    REASON_LIMIT,
    BookDownload,
    BookFile,
    BookJob,
    EditionReading,
    SheetJob,
    Snapshot,
    SnapshotIsFrozen,
    forget_old_sheets,
    newest_books,
)
from .letter import LetterJob
from .master_plan import SCORE_LIMIT, CodeCounter, MasterPlan
from .plan_figures import PlanFigures
from .progress import (
    PROGRESS_TEXT_LIMIT,
    VALUE_LIMIT,
    ProgressAmount,
    ProgressCalendar,
    ProgressEvidence,
    ProgressReport,
    ProgressValue,
    calendar_of,
    owed_by,
    years_of,
)
from .snippet import SNIPPET_TITLE_LIMIT, ReplySnippet
from .thread import QUOTE_LIMIT, Comment, Thread
