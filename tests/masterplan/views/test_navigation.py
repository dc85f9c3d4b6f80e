"""The menu names the place in which one is, on every page of a regency."""

from masterplan.views.navigation import MENU
from tests.sweep.addresses import names_in_urlconf

# Pages of nobody's chapter: the list of regencies, the guide, a person's own news, the public check of books, and what
# only scripts and machines ask for.
APART = {
    "home", "guide", "healthz", "readyz", "sign_in", "text_paste", "verification", "verification_detail",
    "notice_list", "notice_open", "notice_read_all", "notice_settings", "notice_stop",
}  # fmt: skip


def test_every_page_belongs_to_an_entry_of_the_menu():
    prefixes = tuple(prefix for *_, own in MENU for prefix in own)

    assert {name for name in names_in_urlconf() if not name.startswith(prefixes)} == APART
