"""What a snapshot holds, row by row: frozen by `snapshot`, read by whatever prints, compared and exported.

mypy refuses a key that is not here. Ids are strings that serve as anchors, money is whole rupiah, dates are ISO texts,
a year that is a key is a text. A key that snapshots of earlier releases lack is NotRequired and has one reader, which
gives what stands for it (`figures.evidence_of`, `figures.pictures_of`, `signing.letterhead_of`, `Lookup.gaps`).
"""

from typing import NotRequired, TypedDict

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
]


class FrozenFrame(TypedDict):
    """All but what belongs to an edition."""

    schema_version: int
    regency: FrozenRegency
    plan: FrozenTitle
    development_plan: FrozenDevelopmentPlan
    strategic_plans: list[FrozenStrategicPlan]
    dimensions: list[FrozenDimension]
    agencies: list[FrozenAgency]
    districts: list[FrozenDistrict]
    outline: NotRequired[dict[str, list[FrozenPlace]]]
    sections: dict[str, FrozenSection]


class FrozenPlan(FrozenFrame, FrozenAnalyses):
    """The content of a snapshot."""

    edition: FrozenEdition
    initiatives: list[FrozenInitiative]
    set_aside: NotRequired[list[FrozenWaiver]]
    threads: NotRequired[list[FrozenThread]]
    monitoring: NotRequired[FrozenMonitoring]
