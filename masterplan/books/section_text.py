"""The text of a section on a page, as the books print it. Writing it is the business of the pages of sections."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from agencies.models import User
from masterplan.editions.placeholders import labelled
from masterplan.editions.references import addresses
from masterplan.models import MasterPlan, Section, SectionPicture
from smartcity.common.rich_text.markup import rich_html


def written_html(
    plan: MasterPlan, section: Section, reader: User, pictures: Sequence[dict[str, Any]] = ()
) -> SafeString:
    """The text of a section as the books print it: `pictures` where the books have them, references led to pages."""
    led = addresses(plan, section.body, reader)
    waiting = {each["anchor"]: each["picture"] for each in pictures}

    def figures(found: Iterable[SectionPicture]) -> SafeString:
        context = {"pictures": list(found), "slug": plan.regency.slug}
        return render_to_string("components/figures.html", context)

    def follow(targets: Sequence[str]) -> SafeString:
        return figures(waiting.pop(target) for target in targets if target in waiting)

    text = rich_html(labelled(section.body), refer=lambda anchor: (led.get(anchor, ""), ""), follow=follow)
    return text + figures(waiting.values())
