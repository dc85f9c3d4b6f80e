"""Rules about templates, scripts and style sheets: each takes a text and gives what breaks the rule."""

import re
from collections.abc import Mapping

_COMMENTS = re.compile(r"\{#.*?#\}|\{%\s*comment\b.*?%\}.*?\{%\s*endcomment\s*%\}|<!--.*?-->", re.DOTALL)
# What a strict content security policy refuses, silently for the person who looks at the page.
_INLINE = {
    "inline script": r"<script(?![^>]*\ssrc=)(?![^>]*type=\"application/(?:ld\+)?json\")[^>]*>",
    "inline style sheet": r"<style\b",
    "event attribute": r"\s(?:on[a-z]+|hx-on[\w:-]*)\s*=\s*[\"']",
    "style attribute": r"\sstyle\s*=\s*[\"']",
    "data address": r"\b(?:src|href|srcset|poster|data)\s*=\s*[\"']\s*data:",
    "script address": r"[\"']\s*javascript:",
    "script in htmx": r"\bhx-(?:vals|headers|vars)\s*=\s*[\"']\s*js:|\bhx-trigger\s*=\s*\"[^\"]*\[",
}
_OTHER_HOST = re.compile(
    r"\b(?:src|href|srcset|action|formaction|poster|data|hx-(?:get|post|put|patch|delete))\s*=\s*[\"']\s*(?:https?:)?//[^\"']*",
    re.IGNORECASE,
)
_OTHER_HOST_IN_CODE = re.compile(r"(?:url\(|@import|\bfetch\(|\bimport\b[^;\n]*)\s*[\"']?\s*(?:https?:)?//[^\"')\s]+")
_DATA_IN_CSS = re.compile(r"url\(\s*[\"']?data:[^)]{0,40}", re.IGNORECASE)
_EVALUATES = re.compile(r"\beval\(|\bnew Function\(|setAttribute\(\s*[\"'](?:style|on\w+)[\"']")

# A field of a page; what is only ticked or picked as a file is not counted.
_WRITTEN_IN = re.compile(
    r"\|crispy\b|<textarea\b|<select\b|<input\b(?![^>]*\btype=\"(?:hidden|submit|checkbox|radio|file)\")"
)


def without_comments(text: str) -> str:
    """The template without what no browser sees."""
    return _COMMENTS.sub("", text)


def inline_code(text: str) -> list[str]:
    """Script and style written into a page."""
    shown = without_comments(text)
    return [
        f"{name}: {match[0].strip()[:80]}"
        for name, pattern in _INLINE.items()
        for match in re.finditer(pattern, shown, re.IGNORECASE)
    ]


def other_hosts(text: str) -> list[str]:
    """Links, pictures and forms of a page that lead to another host."""
    return [match[0] for match in _OTHER_HOST.finditer(without_comments(text))]


def other_hosts_in_code(text: str) -> list[str]:
    """Addresses of other hosts that a style sheet or a script would load."""
    return [match[0] for match in _OTHER_HOST_IN_CODE.finditer(text)]


def refused_by_policy(text: str) -> list[str]:
    """What the content security policy refuses in a style sheet or a script."""
    return [match[0] for pattern in (_DATA_IN_CSS, _EVALUATES) for match in pattern.finditer(text)]


def unused_templates(names: set[str], texts: Mapping[str, str]) -> list[str]:
    """Templates that no other text names, in full or, where a name is put together, by the pattern of its f-string."""
    return sorted(name for name in names if not any(_names(text, name) for key, text in texts.items() if key != name))


def _names(text: str, name: str) -> bool:
    if re.search(rf"[\"'(]{re.escape(name)}[\"'#)]", text):
        return True
    patterns = re.findall(r"f\"([\w./-]*\{[^\"]*\.(?:html|txt))\"", text)
    return any(_fits(pattern, name) for pattern in patterns)


def _fits(pattern: str, name: str) -> bool:
    fixed = re.split(r"\{[^}]*\}", pattern)
    return bool(re.fullmatch(r"[\w.-]+".join(re.escape(piece) for piece in fixed), name))


def included(text: str) -> set[str]:
    """Templates that a template extends or includes by name."""
    return set(re.findall(r"\{%\s*(?:include|extends)\s+[\"']([^\"'#]+)(?:#[\w-]+)?[\"']", without_comments(text)))


def own_crumbs(text: str) -> list[str]:
    """A way back that a page draws itself, in its own block or elsewhere."""
    shown = without_comments(text)
    blocks = re.findall(r"\{%\s*block\s+crumbs\s*%\}(.*?)\{%\s*endblock", shown, re.DOTALL)
    return [found[0] for part in blocks for found in re.finditer(r"<\w[^>]*>", part)] + re.findall(
        r"<\w[^>]*\bclass=\"[^\"]*\bcrumbs\b[^>]*>", shown
    )


def left_unasked(text: str) -> list[str]:
    """Forms that send what a person wrote or chose from a list, and let the page be left without asking first."""
    shown = without_comments(text)
    return [
        head
        for head, body in re.findall(r"(<form\b[^>]*\bmethod=\"post\"[^>]*>)(.*?)</form>", shown, re.DOTALL)
        if not re.search(r"\bdata-guard\b", head) and _WRITTEN_IN.search(body)
    ]


def addresses(text: str) -> set[str]:
    """Names of addresses that a template links to."""
    return set(re.findall(r"\{%\s*url\s+[\"']([\w:.-]+)[\"']", without_comments(text)))
