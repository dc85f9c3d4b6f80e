"""Words of a model initiative as HTML: what people must put in stands out. Which models there are is `library`."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from masterplan.library import PLACEHOLDER
from masterplan.registry import Field, Kind
from smartcity.common.template_filters import paragraf

register = template.Library()

_TABLES = {
    Kind.ACTIVITIES: "masterplan/initiatives/model/activities.html",
    Kind.INDICATORS: "masterplan/initiatives/model/indicators.html",
}


@register.simple_tag
def show_model_answer(field: Field, value: Any) -> SafeString:
    """The answer of a model to one question; requests in square brackets are marked."""
    if field.kind in _TABLES:
        return render_to_string(_TABLES[field.kind], {"rows": value})
    if field.kind is Kind.PARTNERS:
        return render_to_string("masterplan/initiatives/initiative/value_partners.html", {"value": value})
    if field.kind is Kind.CHOICE:
        return SafeString(conditional_escape(dict(field.choices)[value]))
    return format_html('<div class="stack">{}</div>', marked(paragraf(value)))


def marked(html: SafeString) -> SafeString:
    """Escaped HTML with every request to fill something in marked."""
    return mark_safe(PLACEHOLDER.sub(lambda found: f'<mark class="fill-in">{found[0]}</mark>', html))  # noqa: S308
