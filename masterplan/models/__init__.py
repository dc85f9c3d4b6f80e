"""WHAT: development plans, the master plan, its initiatives, their review and alignment, and the books."""

from .alignment import AlignmentLink
from .analysis import (
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
from .development_plan import DevelopmentPlan
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
)
from .evidence import (
    EVIDENCE_TITLE_LIMIT,
    Evidence,
    EvidenceFile,
    EvidenceUpload,
    evidence_of,
    forget_abandoned_uploads,
    forget_unused_files,
    load_evidence,
)
from .indicator import BudgetCeiling, Indicator, IndicatorTarget
from .initiative import NAME_LIMIT, ROW_LIMIT, TEXT_LIMIT, Initiative
from .initiative_parts import (
    REQUEST_KEY_LIMIT,
    Activity,
    ChangeSource,
    InitiativeChange,
    InitiativeIndicator,
    InitiativeTarget,
    Partner,
    QuickWinScore,
    QuickWinWorksheet,
    YearBudget,
)
from .master_plan import SCORE_LIMIT, CodeCounter, MasterPlan
from .plan_element import PlanElement, code_sort_key
from .presence import InitiativePresence
from .reminder import REMINDER_LIMIT, InitiativeReminder
from .review import COMMENT_LIMIT, StatusChange
from .section import LEAD_LIMIT, SECTION_LIMIT, SECTION_TITLE_LIMIT, OutlineCount, Section
from .section_picture import (
    PICTURE_ALT_LIMIT,
    PICTURE_CAPTION_LIMIT,
    PICTURE_SOURCE_LIMIT,
    SectionPicture,
    picture_changes,
)
from .snippet import SNIPPET_TITLE_LIMIT, ReplySnippet
from .thread import QUOTE_LIMIT, Comment, Thread
from .waiver import WAIVER_LIMIT, CheckWaiver
from .workbook import WorkbookImport, WorkbookPhase, forget_old_imports
from .workshop import Attendance, Workshop, WorkshopOutput
from .writing import WritingChange, WrittenRow

__all__ = [
    "COMMENT_LIMIT",
    "DECREE_LIMIT",
    "EVIDENCE_TITLE_LIMIT",
    "GAP_TEXT_LIMIT",
    "INDICATOR_LIMIT",
    "LEAD_LIMIT",
    "NAME_LIMIT",
    "PICTURE_ALT_LIMIT",
    "PICTURE_CAPTION_LIMIT",
    "PICTURE_SOURCE_LIMIT",
    "QUOTE_LIMIT",
    "REASON_LIMIT",
    "REMINDER_LIMIT",
    "REQUEST_KEY_LIMIT",
    "ROW_LIMIT",
    "SCORE_LIMIT",
    "SECTION_LIMIT",
    "SECTION_TITLE_LIMIT",
    "SNIPPET_TITLE_LIMIT",
    "STRATEGY_LIMIT",
    "SWOT_TEXT_LIMIT",
    "TEXT_LIMIT",
    "WAIVER_LIMIT",
    "Activity",
    "AlignmentLink",
    "Attendance",
    "BookDownload",
    "BookFile",
    "BookJob",
    "BudgetCeiling",
    "ChangeSource",
    "CheckWaiver",
    "CodeCounter",
    "Comment",
    "DevelopmentPlan",
    "Dimension",
    "EditionReading",
    "Evidence",
    "EvidenceFile",
    "EvidenceUpload",
    "GapItem",
    "Indicator",
    "IndicatorTarget",
    "Initiative",
    "InitiativeChange",
    "InitiativeIndicator",
    "InitiativePresence",
    "InitiativeReminder",
    "InitiativeTarget",
    "MasterPlan",
    "OutlineCount",
    "Partner",
    "PlanElement",
    "QuickWinScore",
    "QuickWinWorksheet",
    "ReadinessCell",
    "ReplySnippet",
    "Section",
    "SectionPicture",
    "SheetJob",
    "Snapshot",
    "SnapshotIsFrozen",
    "StatusChange",
    "SubDimension",
    "SwotItem",
    "SwotStrategy",
    "Thread",
    "WorkbookImport",
    "WorkbookPhase",
    "Workshop",
    "WorkshopOutput",
    "WritingChange",
    "WrittenRow",
    "YearBudget",
    "code_sort_key",
    "evidence_of",
    "forget_abandoned_uploads",
    "forget_old_imports",
    "forget_old_sheets",
    "forget_unused_files",
    "load_evidence",
    "numbered",
    "picture_changes",
]
