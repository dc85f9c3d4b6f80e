"""What stands beside a link when it is decided: where the program stands in its plan, and whether the money fits.

Findings are sentences for whoever decides; none of them forbids anything.
"""

from dataclasses import dataclass

from masterplan.models import AlignmentLink, Initiative, PlanElement
from masterplan.reasoning.money import budgets_under_ceiling, years_above
from smartcity.common.numbers import format_money


@dataclass(frozen=True)
class YearMoney:
    """One year: what the initiative asks of the regency's budget, and the program's indicative ceiling.

    Whole rupiah, None where unknown; which sources count is said in `money`.
    """

    year: int
    budget: int | None
    ceiling: int | None

    @property
    def exceeds(self) -> bool:
        """The initiative alone needs more than the whole program may cost."""
        if self.budget is None or self.ceiling is None:
            return False
        return any(years_above({self.year: self.budget}, {self.year: self.ceiling}))


def lineage(element: PlanElement) -> list[PlanElement]:
    """The nodes above `element`, the widest first, in one query."""
    nodes = {node.pk: node for node in element.plan.elements.only("parent", "level", "code", "text", "plan")}
    found: list[PlanElement] = []
    above = nodes.get(element.parent_id or 0)
    while above is not None:
        found.append(above)
        above = nodes.get(above.parent_id or 0)
    return found[::-1]


def money_beside(initiative: Initiative, element: PlanElement) -> list[YearMoney]:
    """Budget and ceiling year by year, for the years in which there is either."""
    budgets = budgets_under_ceiling((row.year, row.source, row.amount) for row in initiative.budgets.all())
    ceilings = {row.year: row.amount for row in element.ceilings.all()}
    return [YearMoney(year, budgets.get(year), ceilings.get(year)) for year in sorted({*budgets, *ceilings})]


def findings(link: AlignmentLink, money: list[YearMoney]) -> list[str]:
    """What deserves a look before deciding."""
    found = [
        f"Anggaran {row.year} dari APBD sebesar {format_money(row.budget or 0)} melebihi pagu program "
        f"{format_money(row.ceiling or 0)}."
        for row in money
        if row.exceeds
    ]
    leader, lead = link.element.agency, link.initiative.lead_agency
    if leader is not None and leader.pk != lead.pk:
        found.append(f"Program ini dipimpin {leader.name}, sedangkan inisiatif dipimpin {lead.name}.")
    if link.indicator is None:
        found.append("Usulan ini tidak menyebut indikator program.")
    return found
