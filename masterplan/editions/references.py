"""What a section's text can refer to with @: pictures, initiatives, programs, indicators, agencies, other sections.

A reference is a link to the anchor that the thing has in the books; where it leads on a page is said here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from agencies.access import can
from agencies.models import User
from agencies.roles import Permission
from masterplan.editions.figures import picture_anchor
from masterplan.editions.numbering import section_anchor
from masterplan.models import Indicator, MasterPlan, PlanElement, Section
from masterplan.reference import InitiativeStatus, Level
from smartcity.common.rich_text.marks import REFERENCE, parse, referred

# What a reference to a picture reads as before it has a number.
PICTURE_WORD = "Gambar"
# As many of one kind are offered; more words narrow the choice.
_OFFERED = 6


@dataclass(frozen=True)
class ReferenceTarget:
    """`anchor` in the books, `words` that the list shows, `kind` for people; `text` is what is put into the text."""

    anchor: str
    words: str
    kind: str
    text: str


def targets(plan: MasterPlan, query: str) -> list[ReferenceTarget]:
    """What matches `query`, a few of each kind; for an empty one the first of each."""
    return [
        target
        for found in (_pictures, _initiatives, _sections, _programs, _indicators, _agencies)
        for target in found(plan, query)
    ]


def addresses(plan: MasterPlan, text: str, reader: User) -> dict[str, str]:
    """The page of everything that `text` refers to, by anchor; what is gone, has no page, or is nothing that `reader`
    may know of, is left out.
    """
    wanted = set(referred(parse(text)))
    slug = plan.regency.slug
    codes = [anchor.removeprefix("in-") for anchor in wanted if anchor.startswith("in-")]
    elements = [int(anchor[3:]) for anchor in wanted if re.fullmatch(r"el-\d{1,9}", anchor)]
    found = {
        f"in-{row.code}": reverse("initiative_detail", args=[slug, row.pk])
        for row in plan.initiatives.filter(code__in=codes).known_to(reader, plan.regency).only("pk", "code")
    }
    found |= {
        f"el-{row.pk}": reverse("development_plan_detail", args=[slug, row.plan_id]) + f"#el-{row.pk}"
        for row in PlanElement.objects.filter(pk__in=elements, plan__regency=plan.regency).only("pk", "plan_id")
    }
    if any(anchor.startswith("bagian-") for anchor in wanted):
        keys = plan.sections.all().known_to(reader, plan.regency).values_list("pk", "key")
        page = "section_edit" if can(reader, Permission.EDIT_SECTIONS, plan.regency) else "section_detail"
        found |= {
            anchor: reverse(page, args=[slug, pk]) for pk, key in keys if (anchor := section_anchor(key)) in wanted
        }
    pictures = [int(anchor[7:]) for anchor in wanted if re.fullmatch(r"gambar-\d{1,9}", anchor)]
    return found | {
        picture_anchor(row.pk): reverse("section_edit", args=[slug, row.section_id]) + f"#{picture_anchor(row.pk)}"
        for row in plan.section_pictures.filter(pk__in=pictures).only("pk", "section_id")
    }


def named_in(plan: MasterPlan, anchor: str) -> QuerySet[Section]:
    """The places whose text refers to `anchor`."""
    return plan.sections.filter(body__contains=f"]({REFERENCE}{anchor})")


def _matching(rows: QuerySet[Any], query: str, *columns: str) -> QuerySet[Any]:
    """Rows in which every word of the query stands in one of the columns."""
    for word in query.split():
        condition = Q()
        for column in columns:
            condition |= Q(**{f"{column}__icontains": word})
        rows = rows.filter(condition)
    return rows[:_OFFERED]


def _target(anchor: str, words: str, kind: str) -> ReferenceTarget:
    return ReferenceTarget(anchor, words, kind, words)


def _pictures(plan: MasterPlan, query: str) -> Iterator[ReferenceTarget]:
    """Pictures by caption; the word for them brings all. In print the word becomes the number: `Gambar 2.1`."""
    words = " ".join(word for word in query.split() if word.lower() != PICTURE_WORD.lower())
    for row in _matching(plan.section_pictures.order_by("section__book", "section", "order", "pk"), words, "caption"):
        yield ReferenceTarget(picture_anchor(row.pk), row.caption, PICTURE_WORD, PICTURE_WORD)


def _initiatives(plan: MasterPlan, query: str) -> Iterator[ReferenceTarget]:
    rows = plan.initiatives.exclude(status=InitiativeStatus.WITHDRAWN).order_by("code")
    for row in _matching(rows, query, "code", "name"):
        yield _target(f"in-{row.code}", f"{row.code} {row.name}", "Inisiatif")


def _sections(plan: MasterPlan, query: str) -> Iterator[ReferenceTarget]:
    rows: QuerySet[Section] = plan.sections.filter(is_included=True).order_by("book", "order", "pk")
    for row in _matching(rows, query, "title"):
        yield _target(section_anchor(row.key), row.title, f"Bagian {row.get_book_display()}")


def _programs(plan: MasterPlan, query: str) -> Iterator[ReferenceTarget]:
    rows = plan.development_plan.elements.filter(level=Level.PROGRAM)
    for row in _matching(rows, query, "code", "text"):
        yield _target(f"el-{row.pk}", f"{row.code} {row.text}".strip(), "Program RPJMD")


def _indicators(plan: MasterPlan, query: str) -> Iterator[ReferenceTarget]:
    rows = Indicator.objects.filter(element__plan=plan.development_plan, element__level=Level.PROGRAM)
    for row in _matching(rows, query, "name"):
        yield _target(f"el-{row.element_id}", row.name, "Indikator program")


def _agencies(plan: MasterPlan, query: str) -> Iterator[ReferenceTarget]:
    for row in _matching(plan.regency.agencies.all(), query, "name", "short_name"):
        yield _target(f"ag-{row.pk}", row.name, "Perangkat daerah")
