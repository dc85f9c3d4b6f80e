"""One small regency with something of everything: what every address of the sweep takes its arguments from."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from agencies.actions import team
from agencies.models import (
    Agency,
    AgencyKind,
    District,
    Grant,
    Invitation,
    Membership,
    MinistryMember,
    Regency,
    RegencyFact,
    User,
)
from agencies.roles import MINISTRY_ROLES, Role
from masterplan.models import (
    Attendance,
    BookJob,
    BudgetCeiling,
    DeadlineExtension,
    DevelopmentPlan,
    Dimension,
    Evidence,
    Indicator,
    Initiative,
    LetterJob,
    MasterPlan,
    PlanElement,
    PlanImport,
    ProgressReport,
    ReplySnippet,
    Section,
    SectionPicture,
    SheetJob,
    Snapshot,
    SubDimension,
    Thread,
    WorkbookImport,
    Workshop,
)
from masterplan.reference import Level, PlanKind
from tests.factories import make_agency, make_district, make_element, make_master_plan, make_regency, make_rpjmd
from tests.sweep.words import Words

# Who asks: the login's name in the tests, role, the agency they work for, further terms.
PEOPLE: tuple[tuple[str, Role, str, dict[str, Any]], ...] = (
    ("drafter", Role.AGENCY_STAFF, "agency", {}),
    ("delegate", Role.AGENCY_STAFF, "agency", {"may_submit": True}),
    ("agency_head", Role.AGENCY_HEAD, "agency", {}),
    ("other_head", Role.AGENCY_HEAD, "other_agency", {}),
    ("coordinator", Role.COORDINATOR, "", {}),
    ("executive", Role.EXECUTIVE, "", {}),
    ("expert", Role.EXPERT, "", {}),
    ("administrator", Role.ADMINISTRATOR, "", {}),
    ("suspended", Role.AGENCY_STAFF, "agency", {}),
)
INSIDERS = tuple(name for name, *_ in PEOPLE if name != "suspended")


@dataclass
class Side:
    """A regency and what it holds. `say` writes what everybody there may read, `whisper` what is not sent yet."""

    say: Words
    whisper: Words
    regency: Regency
    confide: Words = field(init=False)
    plan: MasterPlan = field(init=False)
    earlier_plan: MasterPlan = field(init=False)
    agency: Agency = field(init=False)
    other_agency: Agency = field(init=False)
    ended_agency: Agency = field(init=False)
    districts: list[District] = field(init=False)
    people: dict[str, User] = field(default_factory=dict)
    invitations: dict[str, Invitation] = field(default_factory=dict)
    sub_dimension: SubDimension = field(init=False)
    rpjmd: DevelopmentPlan = field(init=False)
    earlier_rpjmd: DevelopmentPlan = field(init=False)
    later_rpjmd: DevelopmentPlan = field(init=False)
    renstra: DevelopmentPlan = field(init=False)
    earlier_renstra: DevelopmentPlan = field(init=False)
    elements: dict[str, PlanElement] = field(default_factory=dict)
    indicator: Indicator = field(init=False)
    initiatives: dict[str, Initiative] = field(default_factory=dict)
    threads: dict[str, Thread] = field(default_factory=dict)
    links: dict[str, Any] = field(default_factory=dict)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    editions: list[Snapshot] = field(default_factory=list)
    books: dict[str, BookJob] = field(default_factory=dict)
    sheets: dict[str, SheetJob] = field(default_factory=dict)
    letters: LetterJob = field(init=False)
    workbooks: dict[str, WorkbookImport] = field(default_factory=dict)
    plan_imports: dict[str, PlanImport] = field(default_factory=dict)
    analyses: dict[str, Any] = field(default_factory=dict)
    bimtek: dict[str, Any] = field(default_factory=dict)
    reports: dict[str, ProgressReport] = field(default_factory=dict)
    progress_evidence: dict[str, Any] = field(default_factory=dict)
    own_section: Section = field(init=False)
    extension: DeadlineExtension = field(init=False)
    picture: SectionPicture = field(init=False)
    snippet: ReplySnippet = field(init=False)

    @property
    def slug(self) -> str:
        """The regency as addresses name it."""
        return self.regency.slug

    def membership(self, name: str) -> Membership:
        """The role of one of the people."""
        return self.people[name].memberships.get(regency=self.regency)


def begin_side(say: Words, whisper: Words, slug: str) -> Side:
    """The regency with its agencies, places, people, dimension, plans and workshops; content comes after."""
    regency = make_regency(
        say("regency name", 80),
        slug,
        province=say("province", 60),
        capital=say("capital", 60),
        strategic_area=say("strategic area"),
        programme_round=say("programme round"),
        programme_source=say("programme source"),
        letterhead=say("letterhead"),
        government_name=say("government", 120),
    )
    side = Side(say, whisper, regency)
    RegencyFact.objects.create(
        regency=regency,
        label=say("fact label", 80),
        value=say("fact value", 40),
        unit=say("fact", 20),
        year=2020,
        source=say("fact source"),
    )
    _add_agencies(side)
    _add_people(side)
    dimension = Dimension.objects.create(
        regency=regency, code=f"Z{regency.pk % 100:02d}", name=say("dimension", 60), order=90
    )
    side.sub_dimension = SubDimension.objects.create(
        dimension=dimension, key="setempat", name=say("sub dimension", 80), description=say("sub dimension words")
    )
    _add_development_plans(side)
    _add_renstra(side)
    side.plan = make_master_plan(
        regency, side.rpjmd, title=say("master plan title"), vision=say("master plan vision", 400)
    )
    side.earlier_plan = make_master_plan(
        regency, side.earlier_rpjmd, title=say("earlier master plan title"), start_year=2017, end_year=2020,
        is_current=False, filling_opened_at=None,
    )  # fmt: skip
    _add_workshop(side)
    return side


def _add_agencies(side: Side) -> None:
    say, regency = side.say, side.regency
    side.agency = make_agency(regency, say("agency", 160), say("AG", 40), aliases=[say("agency alias")])
    side.other_agency = make_agency(regency, say("other agency", 160), say("OTHER", 40))
    side.ended_agency = make_agency(
        regency, say("ended agency", 160), say("ENDED", 40),
        kind=AgencyKind.BOARD, valid_to=date(2020, 12, 31), successor=side.agency,
    )  # fmt: skip
    side.districts = [make_district(regency, say(f"district {n}", 80)) for n in range(2)]


def _add_people(side: Side) -> None:
    for name, role, agency, terms in PEOPLE:
        user = User.objects.create(
            email=f"{name}.{side.regency.pk}@contoh.test", name=side.say(f"name of the {name}", 150)
        )
        works_for = getattr(side, agency) if agency else None
        if role in MINISTRY_ROLES:
            member = MinistryMember.objects.create(user=user, role=role)
            Grant.objects.create(member=member, region_code=side.regency.code)
        else:
            Membership.objects.create(user=user, regency=side.regency, agency=works_for, role=role, **terms)
        side.people[name] = user
    boss = side.people["administrator"]
    team.suspend_membership(side.membership("suspended"), by=boss, reason=side.say("suspension"))
    mark = side.say("", 6)
    for key, role, agency in (("staff", Role.AGENCY_STAFF, side.agency), ("executive", Role.EXECUTIVE, None)):
        address = f"{key}.{mark if mark.isalnum() else 'undangan'}.{side.regency.pk}@contoh.test"
        side.invitations[key] = team.invite(side.regency, by=boss, email=address, role=role, agency=agency)


def _add_development_plans(side: Side) -> None:
    say = side.say
    texts = {"vision": say("vision"), "legal_basis": say("legal basis"), "source": say("source")}
    side.earlier_rpjmd = make_rpjmd(side.regency, 2016, 2020, **texts)
    side.rpjmd = make_rpjmd(side.regency, 2021, 2026, predecessor=side.earlier_rpjmd, **texts)
    DevelopmentPlan.objects.filter(pk=side.earlier_rpjmd.pk).update(title=say("earlier plan title"))
    DevelopmentPlan.objects.filter(pk=side.rpjmd.pk).update(title=say("plan title"))
    side.earlier_rpjmd.refresh_from_db()
    side.rpjmd.refresh_from_db()
    before = _add_branch(side, side.earlier_rpjmd, "earlier")
    side.elements |= {f"earlier_{level}": element for level, element in before.items()}
    side.elements |= _add_branch(side, side.rpjmd, "current")
    side.elements["program"].replaces = before["program"]
    side.elements["program"].save()
    side.elements["spare"] = make_element(
        side.rpjmd, Level.PROGRAM, side.elements["objective"], code=say("spare", 30), text=say("spare program")
    )
    side.later_rpjmd = make_rpjmd(side.regency, 2025, 2029, predecessor=side.rpjmd, **texts)
    DevelopmentPlan.objects.filter(pk=side.later_rpjmd.pk).update(title=say("later plan title"))
    side.later_rpjmd.refresh_from_db()
    after = _add_branch(side, side.later_rpjmd, "later")
    side.elements |= {f"later_{level}": element for level, element in after.items()}
    side.indicator = _add_measures(side, side.elements["program"])
    _add_measures(side, before["program"])


def _add_branch(side: Side, plan: DevelopmentPlan, when: str) -> dict[str, PlanElement]:
    """From a mission down to a program."""
    found: dict[str, PlanElement] = {}
    parent = None
    for level in (Level.MISSION, Level.GOAL, Level.OBJECTIVE, Level.PROGRAM):
        code, text = side.say(f"{when} {level[:4]}", 30), side.say(f"{when} {level} text", 600)
        agency = side.agency if level == Level.PROGRAM else None
        parent = make_element(plan, level, parent, code=code, text=text, agency=agency)
        found[str(level)] = parent
    return found


def _add_measures(side: Side, element: PlanElement) -> Indicator:
    say = side.say
    row = Indicator.objects.create(
        element=element, name=say("plan indicator"), unit=say("unit", 60), baseline=say("baseline", 60),
        end_condition=say("end condition", 60), agency=side.agency,
    )  # fmt: skip
    row.targets.create(year=element.plan.start_year + 1, text=say("plan target", 60))
    BudgetCeiling.objects.create(element=element, year=element.plan.start_year + 1, amount=900_000_000)
    return row


def _add_renstra(side: Side) -> None:
    say = side.say
    side.renstra = DevelopmentPlan.objects.create(
        regency=side.regency, kind=PlanKind.RENSTRA, agency=side.agency, title=say("renstra title"),
        start_year=2021, end_year=2026, legal_basis=say("renstra basis"),
    )  # fmt: skip
    side.earlier_renstra = DevelopmentPlan.objects.create(
        regency=side.regency, kind=PlanKind.RENSTRA, agency=side.agency, title=say("earlier renstra"),
        start_year=2016, end_year=2020,
    )  # fmt: skip
    program = make_element(
        side.renstra, Level.PROGRAM, code=say("ren", 30), text=say("renstra program"), agency=side.agency,
        carries_out=side.elements["program"],
    )  # fmt: skip
    side.elements["renstra_program"] = program
    _add_measures(side, program)
    side.elements["activity"] = make_element(
        side.renstra, Level.ACTIVITY, program, code=say("act", 30), text=say("renstra activity")
    )


def _add_workshop(side: Side) -> None:
    say, now = side.say, timezone.now()
    for order, stage in enumerate((say("I", 20), say("II", 20))):
        workshop = Workshop.objects.create(
            regency=side.regency, stage=stage, title=say("workshop title"), place=say("workshop place"),
            agenda=say("workshop agenda"), expected_output=say("workshop output"), source=say("workshop source"),
            start_date=date(2021, 9, 6), end_date=date(2021, 9, 7), deadline=now + timedelta(days=9 + order), order=order,
        )  # fmt: skip
        Attendance.objects.create(workshop=workshop, agency=side.agency, mode="online")
        side.extension = DeadlineExtension.objects.create(
            workshop=workshop, agency=side.agency, deadline=now + timedelta(days=20), reason=say("extension reason"),
            granted_by=side.people["coordinator"],
        )  # fmt: skip
