"""Objects for tests. Anything with a state is brought there by the real actions, so no impossible object exists."""

from .analyses import make_gap, make_swot_item, make_swot_strategy
from .books import finish_book, make_book_job, print_book
from .editions import DECREE_NUMBER, make_decree, make_edition
from .history import history_open
from .initiatives import complete_answers, make_initiative, propose_program
from .people import make_agency, make_district, make_member, make_person, make_regency
from .pictures import make_picture
from .plans import make_element, make_indicator, make_master_plan, make_program, make_rpjmd
from .progress import begin_reporting, make_report, new_report, report_answers
from .workshops import make_workshop

__all__ = [
    "DECREE_NUMBER",
    "begin_reporting",
    "complete_answers",
    "finish_book",
    "history_open",
    "make_agency",
    "make_book_job",
    "make_decree",
    "make_district",
    "make_edition",
    "make_element",
    "make_gap",
    "make_indicator",
    "make_initiative",
    "make_master_plan",
    "make_member",
    "make_person",
    "make_picture",
    "make_program",
    "make_regency",
    "make_report",
    "make_rpjmd",
    "make_swot_item",
    "make_swot_strategy",
    "make_workshop",
    "new_report",
    "print_book",
    "propose_program",
    "report_answers",
]
