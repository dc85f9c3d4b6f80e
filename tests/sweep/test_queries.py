"""Pages ask the database a fixed, small number of questions, however much there is to show."""

from collections import defaultdict

from tests.sweep.addresses import PAGES
from tests.sweep.conftest import World
from tests.sweep.growth import grow
from tests.sweep.walking import Visit, walk

MOST = 15
# What it costs to refuse whoever holds no role in the regency: who asks, what they may enter, and the record of it.
REFUSED = 6
# What somebody of the ministry costs besides: who they are, whether a grant reaches the regency, their unread news.
OF_THE_MINISTRY = 3
STRANGERS = ("outsider", "suspended")
PEOPLE = ("agency_head", "coordinator", "administrator")  # between them they see every page
# Pages that list what there is more of.
GROWING = {
    "regency_home", "regency_overview", "regency_deadlines", "regency_reminders", "regency_letters",
    "initiative_list", "initiative_copy", "initiative_copy_from", "initiative_detail", "initiative_edit", "initiative_check", "initiative_history",
    "review_queue", "initiative_review", "comment_create", "alignment_matrix", "alignment_flow", "alignment_gaps", "link_propose", "link_decide",
    "development_plan_list", "development_plan_compare", "development_plan_detail", "plan_element_edit",
    "section_list", "section_detail", "section_edit", "written_history", "workshop_list", "workshop_detail", "workshop_agenda",
    "workshop_outputs", "workshop_attendance", "workshop_attendance_list", "workshop_round_calendar", "edition_list", "team_list", "agency_list", "membership_edit", "notice_list", "snippet_list",
    "progress_list", "progress_detail", "progress_edit", "progress_evidence_list", "carry_over_walk",
}  # fmt: skip
# It asks once more when a job has waited so long that nobody may be there.
BY_THE_CLOCK = {"readyz"}


def test_no_page_asks_more_than_the_table_says(visits: list[Visit]) -> None:
    """Whatever the role. What the table allows is fifteen at the most."""
    asked: dict[str, int] = defaultdict(int)
    refused = 0
    for seen in visits:
        if seen.who in STRANGERS and seen.status == 404:
            refused = max(refused, len(seen.statements))
        else:
            own = OF_THE_MINISTRY if seen.who == "expert" else 0
            asked[seen.address.label] = max(asked[seen.address.label], len(seen.statements) - own)
    allowed = {address.label: address.queries for address in PAGES}
    wrong = [
        f"{label} asks {count}, not {allowed[label]}"
        for label, count in asked.items()
        if count > allowed[label] and label not in BY_THE_CLOCK
    ]
    assert not wrong, "\n".join(wrong)
    assert max(allowed.values()) <= MOST
    assert refused == REFUSED


def test_more_rows_ask_no_more_questions(visits: list[Visit], world: World) -> None:
    once = {seen.label: len(seen.statements) for seen in visits}
    bytes_once = {seen.label: len(seen.body) for seen in visits}
    grow(world.mine, 2)
    wrong, longer = [], set()
    for seen in (seen for who in PEOPLE for seen in walk(world, [p for p in PAGES if who in p.readers], [who])):
        longer |= {seen.address.name} if len(seen.body) > bytes_once[seen.label] else set()
        if len(seen.statements) != once[seen.label] and seen.address.name not in BY_THE_CLOCK:
            wrong.append(
                f"{seen.label}: {once[seen.label]} questions, with three times the rows {len(seen.statements)}"
            )
    assert not wrong, "\n".join(wrong)
    assert longer >= GROWING, "pages that have not become longer: the comparison compares nothing"
