"""WHAT: development plans, the master plan, its initiatives, their review and alignment, and the books."""

from .alignment import AlignmentLink
from .analysis import GapItem, ReadinessCell, SwotItem, SwotStrategy
from .development_plan import DevelopmentPlan
from .dimension import Dimension, SubDimension
from .document import BookDownload, BookFile, BookJob, SheetJob, Snapshot, SnapshotIsFrozen
from .indicator import BudgetCeiling, Indicator, IndicatorTarget
from .initiative import NAME_LIMIT, TEXT_LIMIT, Initiative
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
from .master_plan import CodeCounter, MasterPlan, Section
from .plan_element import PlanElement, code_sort_key
from .presence import InitiativePresence
from .review import COMMENT_LIMIT, Comment, StatusChange, Thread
from .workshop import Attendance, Workshop, WorkshopOutput

__all__ = [
    "COMMENT_LIMIT",
    "NAME_LIMIT",
    "REQUEST_KEY_LIMIT",
    "TEXT_LIMIT",
    "Activity",
    "AlignmentLink",
    "Attendance",
    "BookDownload",
    "BookFile",
    "BookJob",
    "BudgetCeiling",
    "ChangeSource",
    "CodeCounter",
    "Comment",
    "DevelopmentPlan",
    "Dimension",
    "GapItem",
    "Indicator",
    "IndicatorTarget",
    "Initiative",
    "InitiativeChange",
    "InitiativeIndicator",
    "InitiativePresence",
    "InitiativeTarget",
    "MasterPlan",
    "Partner",
    "PlanElement",
    "QuickWinScore",
    "QuickWinWorksheet",
    "ReadinessCell",
    "Section",
    "SheetJob",
    "Snapshot",
    "SnapshotIsFrozen",
    "StatusChange",
    "SubDimension",
    "SwotItem",
    "SwotStrategy",
    "Thread",
    "Workshop",
    "WorkshopOutput",
    "YearBudget",
    "code_sort_key",
]
