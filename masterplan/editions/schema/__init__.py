"""What a snapshot holds, row by row: frozen by `snapshot`, read by whatever prints, compared and exported.

mypy refuses a key that is not here. Ids are strings that serve as anchors, money is whole rupiah, dates are ISO texts,
a year that is a key is a text. A key that snapshots of earlier releases lack is NotRequired and has one reader, which
gives what stands for it (`figures.evidence_of`, `figures.pictures_of`, `signing.letterhead_of`, `Lookup.gaps`).
"""

from typing import Annotated, NotRequired, TypedDict

from .analyses import (
    FrozenAnalyses,
    FrozenCell,
    FrozenGap,
    FrozenReadiness,
    FrozenSwot,
    FrozenSwotItem,
    FrozenSwotKind,
    FrozenSwotStrategy,
)
from .compared import NotCompared, Row, Rows
from .frame import (
    FrozenAgency,
    FrozenDevelopmentPlan,
    FrozenDimension,
    FrozenDistrict,
    FrozenEdition,
    FrozenFact,
    FrozenImage,
    FrozenMission,
    FrozenPicture,
    FrozenPlace,
    FrozenProgram,
    FrozenProgramIndicator,
    FrozenRegency,
    FrozenSection,
    FrozenStrategicPlan,
    FrozenStrategicProgram,
    FrozenSubDimension,
    FrozenTitle,
)
from .initiative import (
    FrozenActivity,
    FrozenAspect,
    FrozenBudget,
    FrozenEvidence,
    FrozenFile,
    FrozenIndicator,
    FrozenInitiative,
    FrozenLink,
    FrozenPartner,
    FrozenWorksheet,
    ListedInitiative,
)
from .review import (
    FrozenAmount,
    FrozenComment,
    FrozenMonitoring,
    FrozenQuarter,
    FrozenReport,
    FrozenThread,
    FrozenValue,
    FrozenWaiver,
)

__all__ = [
    "FrozenActivity",
    "FrozenAgency",
    "FrozenAmount",
    "FrozenAnalyses",
    "FrozenAspect",
    "FrozenBudget",
    "FrozenCell",
    "FrozenComment",
    "FrozenDevelopmentPlan",
    "FrozenDimension",
    "FrozenDistrict",
    "FrozenEdition",
    "FrozenEvidence",
    "FrozenFact",
    "FrozenFile",
    "FrozenFrame",
    "FrozenGap",
    "FrozenImage",
    "FrozenIndicator",
    "FrozenInitiative",
    "FrozenLink",
    "FrozenMission",
    "FrozenMonitoring",
    "FrozenPartner",
    "FrozenPicture",
    "FrozenPlace",
    "FrozenPlan",
    "FrozenProgram",
    "FrozenProgramIndicator",
    "FrozenQuarter",
    "FrozenReadiness",
    "FrozenRegency",
    "FrozenReport",
    "FrozenSection",
    "FrozenStrategicPlan",
    "FrozenStrategicProgram",
    "FrozenSubDimension",
    "FrozenSwot",
    "FrozenSwotItem",
    "FrozenSwotKind",
    "FrozenSwotStrategy",
    "FrozenThread",
    "FrozenTitle",
    "FrozenValue",
    "FrozenWaiver",
    "FrozenWorksheet",
    "ListedInitiative",
    "Row",
]


class FrozenFrame(TypedDict):
    """All but what belongs to an edition."""

    schema_version: Annotated[int, NotCompared("How a snapshot is written down, not what it says.")]
    regency: Annotated[FrozenRegency, Rows(title="{full_name}")]
    plan: Annotated[FrozenTitle, Rows(title="{title}")]
    development_plan: Annotated[FrozenDevelopmentPlan, Rows(title="{title}")]
    strategic_plans: Annotated[list[FrozenStrategicPlan], Rows("id", "{title}")]
    dimensions: Annotated[list[FrozenDimension], Rows("code", titled="code name")]
    agencies: Annotated[list[FrozenAgency], Rows("id")]
    districts: Annotated[list[FrozenDistrict], Rows("id")]
    outline: NotRequired[dict[str, list[FrozenPlace]]]
    sections: dict[str, FrozenSection]


_OF_THE_REVIEW = NotCompared("Conversations are told by the annex of the review of each edition.")
_WAIVER = Rows("check subject", "{check_label}: {name}", titled="check subject name")


class FrozenPlan(FrozenFrame, FrozenAnalyses):
    """The content of a snapshot."""

    edition: FrozenEdition
    initiatives: Annotated[list[FrozenInitiative], Rows("code")]
    set_aside: NotRequired[Annotated[list[FrozenWaiver], _WAIVER]]
    threads: NotRequired[Annotated[list[FrozenThread], _OF_THE_REVIEW]]
    monitoring: NotRequired[FrozenMonitoring]
