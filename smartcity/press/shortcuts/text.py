"""Lines of text laid out once: the original lays them out for their size, throws that away, and again to draw them."""

from typing import Any

from weasyprint.text import line_break
from weasyprint.text.constants import LST_TO_ISO, PANGO_DIRECTION
from weasyprint.text.ffi import ffi, gobject, pango, unicode_to_char_p
from weasyprint.text.fonts import font_features, get_font_description
from weasyprint.text.line_break import Layout

from smartcity.press.shortcuts.exchange import exchange

_LINE_ENDS = frozenset("\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
_VARIANTS = ("ligatures", "position", "caps", "numeric", "alternates", "east_asian")


def take() -> None:
    """Keep what was laid out, and what a style says of its letters."""
    _keep_lines()
    _know_letters()
    _know_struts()


def _keep_lines() -> None:
    """A part lives for a quarter of a second, so there is no use in giving back what its lines hold."""
    set_text, reactivate = Layout.set_text, Layout.reactivate

    def set_text_of_one_paragraph(self: Any, text: str, justify: bool = False) -> None:
        # Drawing asks for one paragraph; asking before the text is laid out spares laying it out again.
        if _LINE_ENDS.isdisjoint(text):
            pango.pango_layout_set_single_paragraph_mode(self.layout, True)
        set_text(self, text, justify)

    def reactivate_justified(self: Any, style: Any) -> None:
        if self.justification_spacing or self.style is not style:
            reactivate(self, style)

    Layout.set_text, Layout.reactivate = set_text_of_one_paragraph, reactivate_justified
    Layout.deactivate = lambda self: None


def _know_letters() -> None:
    original = Layout.setup

    def setup(self: Any, style: Any) -> None:
        if style["text_decoration_line"] != "none":
            original(self, style)
            return
        known = style.__dict__.get("_letters")
        if known is None:
            known = style._letters = _letters_of(style)
        context, description, self.language, features = known
        self.style, self.first_line_direction = style, 0
        self.ascent = self.underline_position = self.strikethrough_position = None
        self.layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
        pango.pango_layout_set_auto_dir(self.layout, False)
        pango.pango_layout_set_font_description(self.layout, description)
        if features is not None:
            attributes = pango.pango_attr_list_new()
            pango.pango_attr_list_insert(attributes, features)
            pango.pango_layout_set_attributes(self.layout, attributes)

    Layout.setup = setup


def _letters_of(style: Any) -> tuple[Any, Any, Any, Any]:
    """What Pango wants to know of a style: context, description of the typeface, language, features."""
    config = style.font_config
    context = ffi.gc(pango.pango_font_map_create_context(config.font_map), gobject.g_object_unref)
    pango.pango_context_set_round_glyph_positions(context, False)
    pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
    override = style["font_language_override"]
    name = style["lang"] if override == "normal" else LST_TO_ISO.get(override.lower(), override)
    if name:
        text, _ = unicode_to_char_p(name)
        language = pango.pango_language_from_string(text)
        pango.pango_context_set_language(context, language)
    else:
        language = pango.pango_language_get_default()
    variants = (style[f"font_variant_{kind}"] for kind in _VARIANTS)
    asked = font_features(style["font_kerning"], *variants, style["font_feature_settings"])
    features = None
    if asked:
        words = ",".join(f"{key} {value}" for key, value in asked.items()).encode()
        features = config.font_features.setdefault(words, pango.pango_attr_font_features_new(words))
    return context, get_font_description(style), language, features


def _know_struts() -> None:
    original = line_break.strut

    def strut(style: Any) -> tuple[float, float]:
        known = style.__dict__.get("_strut")
        if known is None:
            known = style._strut = original(style)
        return known

    exchange(original, strut)
