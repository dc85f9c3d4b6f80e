"""What a plan is made of besides its initiatives: regency, RPJMD, Renstra, dimensions, agencies, texts."""

from typing import NotRequired, TypedDict


class FrozenFact(TypedDict):
    """A figure of the regency."""

    label: str
    value: str
    unit: str
    year: int
    source: str


class FrozenRegency(TypedDict):
    """The regency as it was called and described."""

    full_name: str
    government: str
    province: str
    capital: str
    code: str
    strategic_area: str
    programme_round: str
    programme_source: str
    letterhead: NotRequired[str]
    is_sample: bool
    facts: list[FrozenFact]


class FrozenTitle(TypedDict):
    """The master plan itself."""

    title: str
    start_year: int
    end_year: int
    years: list[int]
    vision: str


class FrozenEdition(TypedDict):
    """Which edition it is; `scope` is a value of EditionScope."""

    number: int
    label: str
    date: str
    scope: str


class FrozenMission(TypedDict):
    """A mission of the RPJMD."""

    id: str
    code: str
    text: str


class FrozenProgramIndicator(TypedDict):
    """An indicator of an RPJMD program, with its target for each year."""

    id: str
    name: str
    unit: str
    baseline: str
    targets: dict[str, str]
    end_condition: str


class FrozenProgram(TypedDict):
    """A program of the RPJMD with what stands above it in words."""

    id: str
    code: str
    text: str
    mission_id: str | None
    goal: str
    objective: str
    agency_id: str | None
    is_sample: bool
    indicators: list[FrozenProgramIndicator]
    ceilings: dict[str, int]


class FrozenDevelopmentPlan(TypedDict):
    """The RPJMD that the plan answers to."""

    id: str
    title: str
    legal_basis: str
    start_year: int
    end_year: int
    vision: str
    missions: list[FrozenMission]
    programs: list[FrozenProgram]


class FrozenStrategicProgram(TypedDict):
    """A program of an agency's Renstra; `carries_out` is the id of an RPJMD program."""

    id: str
    code: str
    text: str
    carries_out: str | None


class FrozenStrategicPlan(TypedDict):
    """The Renstra of an agency."""

    id: str
    title: str
    agency_id: str
    programs: list[FrozenStrategicProgram]


class FrozenSubDimension(TypedDict):
    """A sub-dimension; `key` is what initiatives name it by."""

    key: str
    name: str
    description: str


class FrozenDimension(TypedDict):
    """A dimension with those of its sub-dimensions that the regency may use."""

    code: str
    name: str
    sub_dimensions: list[FrozenSubDimension]


class FrozenAgency(TypedDict):
    """An agency; `successor` is the id of the one it was joined to."""

    id: str
    name: str
    short_name: str
    successor: NotRequired[str | None]


class FrozenDistrict(TypedDict):
    """A kecamatan, and its square on the map, counted from 1."""

    id: str
    name: str
    column: NotRequired[int | None]
    row: NotRequired[int | None]


class FrozenImage(TypedDict):
    """The name under which a print finds a picture, and its size in pixels."""

    file: str
    width: int
    height: int


class FrozenPicture(TypedDict):
    """A picture of a text."""

    key: str
    caption: str
    alt: str
    source: str
    sha256: str
    image: FrozenImage


class FrozenSection(TypedDict):
    """The texts of a place of the outline; its pictures where there are some."""

    title: str
    lead: NotRequired[str]
    body: str
    pictures: NotRequired[list[FrozenPicture]]


class FrozenPlace(TypedDict):
    """A place in the tree of a book."""

    key: str
    included: bool
    children: "list[FrozenPlace]"
