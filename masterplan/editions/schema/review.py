"""What was said and reported of a plan."""

from typing import NotRequired, TypedDict

from masterplan.editions.schema.initiative import FrozenFile


class FrozenWaiver(TypedDict):
    """A finding of the checks that a coordinator set aside, with the reason."""

    check: str
    check_label: str
    subject: int
    name: str
    reason: str


class FrozenComment(TypedDict):
    """A contribution to a conversation; `by` is a role."""

    by: str
    date: str
    quote: str
    body: str


class FrozenThread(TypedDict):
    """A conversation about an initiative (`id`) or about a section (`key`, which then has a book)."""

    id: str | None
    key: str
    book: NotRequired[str]
    book_label: NotRequired[str]
    asked: str
    is_open: bool
    said: list[FrozenComment]


class FrozenQuarter(TypedDict):
    """A quarter, and the ids of the initiatives whose report is awaited."""

    year: int
    number: int
    awaited: list[str]


class FrozenAmount(TypedDict):
    """Rupiah spent from one source."""

    source: str
    source_label: str
    amount: int


class FrozenValue(TypedDict):
    """What an indicator has come to."""

    kind: str
    kind_label: str
    name: str
    unit: str
    text: str


class FrozenReport(TypedDict):
    """A quarterly report on the initiative `id`."""

    id: str
    year: int
    number: int
    date: str
    days_late: int
    state: str
    state_label: str
    output: str
    problem: str
    follow_up: str
    amounts: list[FrozenAmount]
    values: list[FrozenValue]
    evidence: list[FrozenFile]


class FrozenMonitoring(TypedDict):
    """The reports of the last quarters."""

    quarters: list[FrozenQuarter]
    reports: list[FrozenReport]
