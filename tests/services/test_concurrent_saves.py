"""Again and again several people who saw the same version save at the same moment, each in another way (R5, R6).

Exactly one of them wins, every other one is told and is shown both texts; different questions go together; and what
was submitted holds a save or refuses it. Real transactions on a connection of each writer's own, through the real
addresses. With the version check taken out the same rounds lose texts, so these tests can fail. The ways in are in
`ways_to_save`.
"""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, combinations
from random import Random
from typing import Any

import pytest
from django.db import connections

from agencies.models import User
from agencies.roles import Role
from masterplan.editing.actions import written
from masterplan.models import Initiative
from masterplan.reference import EDITABLE_STATUSES, InitiativeStatus
from masterplan.registry import Content
from masterplan.registry.reading import read
from masterplan.review.actions import reviews
from tests.factories import make_agency, make_initiative, make_master_plan, make_person, make_regency
from tests.services.ways_to_save import QUESTIONS, WAYS, Outcome, Save, browser

ROUNDS, FULL_ROUNDS, LANES = 252, 1008, 4
TOGETHER_ROUNDS, SUBMIT_ROUNDS, CONTROL_ROUNDS = 56, 32, 28
PATIENCE_SECONDS = 60
# All that meet each other: pairs, a way with itself, and threesomes.
MEETINGS = [*combinations(WAYS, 2), *((way, way) for way in WAYS), *combinations(WAYS, 3)]
Act = Callable[[], Any]


class Lane:
    """An initiative with three people who have it open; its rounds run beside those of other lanes."""

    def __init__(self, number: int) -> None:
        self.chance = Random(number)
        regency = make_regency()
        agency = make_agency(regency)
        self.people = [make_person(regency, Role.AGENCY_HEAD, agency) for _ in range(3)]
        self.coordinator = make_person(regency, Role.COORDINATOR)
        self.initiative = make_initiative(make_master_plan(regency), agency=agency, by=self.people[0], complete=True)
        self.writers = ThreadPoolExecutor(3)
        for person in self.people:
            browser.sign_in(person)

    def stored(self) -> Initiative:
        """As it stands in the database."""
        return Initiative.objects.get(pk=self.initiative.pk)

    def at_once(self, acts: list[Act]) -> list[Any]:
        """What the acts give that begin at the same moment, each in a thread of its own."""
        gate = threading.Barrier(len(acts))

        def run(act: Act) -> Any:
            gate.wait(PATIENCE_SECONDS)
            return act()

        return [done.result(PATIENCE_SECONDS) for done in [self.writers.submit(run, act) for act in acts]]

    def saves(self, ways: tuple[str, ...], questions: list[str], number: int) -> list[Save]:
        """One attempt for each way, by another person, from the page as all of them see it now."""
        now = self.stored()
        seen = {key: str(value) for key, value in read(now, QUESTIONS).items()}
        return [
            Save(now, person, question, f"{way}{number}oleh{place}", seen, now.edit_version)
            for place, (way, question, person) in enumerate(zip(ways, questions, self.people, strict=False))
        ]

    def close(self) -> None:
        """Give the connections of the writers back."""
        self.at_once([connections.close_all] * 3)
        self.writers.shutdown()


Round = Callable[[Lane, int], list[str]]


def run(lanes: list[Lane], one_round: Round, rounds: int) -> list[str]:
    """What was wrong in any of so many rounds, which the lanes share."""

    def work(lane: Lane) -> list[str]:
        try:
            return list(chain.from_iterable(one_round(lane, n) for n in range(lanes.index(lane), rounds, len(lanes))))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(lanes)) as pool:
        return list(chain.from_iterable(pool.map(work, lanes)))


@pytest.fixture
def lanes(transactional_db: None) -> Iterator[list[Lane]]:
    made = [Lane(number) for number in range(LANES)]
    yield made
    for lane in made:
        lane.close()


# The same question ------------------------------------------------------------------------------------------------------


def same_question(lane: Lane, number: int) -> list[str]:
    """One round: all write to one question; what was wrong with it."""
    ways = MEETINGS[number % len(MEETINGS)]
    question = lane.chance.choice(QUESTIONS)
    saves = lane.saves(ways, [question] * len(ways), number)
    outcomes = lane.at_once([lambda save=save, way=way: WAYS[way](save) for save, way in zip(saves, ways, strict=True)])
    winners = [(save, way) for save, way, outcome in zip(saves, ways, outcomes, strict=True) if outcome.state == "won"]
    if len(winners) != 1:
        return [f"round {number}, {ways}: {[outcome.state for outcome in outcomes]}"]
    (won, way), now = winners[0], lane.stored()
    wrong = [] if read(now, [question]) == {question: won.text} else ["what is stored is not the winner's text"]
    news = list(now.changes.filter(version__gt=won.version))
    if [(row.version, row.after, row.by_id) for row in news] != [(won.version + 1, {question: won.text}, won.by.pk)]:
        wrong.append(f"the record says {news}")
    for save, outcome in zip(saves, outcomes, strict=True):
        if save is not won and not (
            outcome.state == "conflict" and outcome.shows(question=question, theirs=won.text, mine=save.text)
        ):
            wrong.append(f"{save.text} was not shown both texts: {outcome}")
    return [f"round {number}, {ways}, won by {way}: {what}" for what in wrong]


def test_each_round_has_one_winner(lanes: list[Lane], full: bool) -> None:
    """Every meeting 18 times, or 72 times."""
    before, rounds = sum(lane.stored().changes.count() for lane in lanes), FULL_ROUNDS if full else ROUNDS
    wrong = run(lanes, same_question, rounds)
    assert wrong == [], "\n".join(wrong[:20])
    assert sum(lane.stored().changes.count() for lane in lanes) == before + rounds
    winners = Counter(row.after[key].partition("oleh")[0].rstrip("0123456789")
                      for lane in lanes for row in lane.stored().changes.filter(version__gt=lane.initiative.edit_version)
                      for key in row.after)  # fmt: skip
    assert set(winners) == set(WAYS), winners  # nobody wins always, or the others were never in the race


def test_without_the_check_texts_are_lost(lanes: list[Lane], monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: the same rounds, with nobody looking at the version."""

    def anything(*, data: Content, current: Content, **seen: Any) -> Content:
        return {key: value for key, value in data.items() if value != current[key]}

    monkeypatch.setattr(written, "own_changes", anything)
    assert len(run(lanes, same_question, CONTROL_ROUNDS)) == CONTROL_ROUNDS


# Different questions ----------------------------------------------------------------------------------------------------


def different_questions(lane: Lane, number: int) -> list[str]:
    """One round: each writes to another question; what was wrong with it."""
    ways = MEETINGS[number % len(MEETINGS)]
    questions = lane.chance.sample(QUESTIONS, len(ways))
    saves = lane.saves(ways, questions, number)
    outcomes = lane.at_once([lambda save=save, way=way: WAYS[way](save) for save, way in zip(saves, ways, strict=True)])
    now = lane.stored()
    expected = saves[0].seen | {save.question: save.text for save in saves}
    wrong = [f"{save.text}: {outcome}" for save, outcome in zip(saves, outcomes, strict=True) if outcome.state != "won"]
    wrong += [] if read(now, QUESTIONS) == expected else [f"stored {read(now, QUESTIONS)} instead of {expected}"]
    wrong += [] if now.edit_version == saves[0].version + len(saves) else [f"{now.edit_version} is another version"]
    return [f"round {number}, {ways}: {what}" for what in wrong]


def test_different_questions_go_together(lanes: list[Lane]) -> None:
    wrong = run(lanes, different_questions, TOGETHER_ROUNDS)
    assert wrong == [], "\n".join(wrong[:20])


# Sending meanwhile ------------------------------------------------------------------------------------------------------


def sent_meanwhile(lane: Lane, number: int) -> list[str]:
    """One round: somebody sends the initiative while another saves; then it is taken back. What was wrong with it."""
    way = [*WAYS][number % len(WAYS)]
    (save,) = lane.saves((way,), [lane.chance.choice(QUESTIONS)], number)
    sender: User = lane.people[1]

    def send() -> str:
        reviews.transition(lane.stored(), name="submit", by=sender)
        return str(read(lane.stored(), [save.question])[save.question])

    outcome: Outcome
    outcome, sent = lane.at_once([lambda: WAYS[way](save), send])
    now = lane.stored()
    kept = read(now, [save.question])[save.question]
    wanted = {"won": save.text, "frozen": save.seen[save.question]}.get(outcome.state)
    wrong = [] if now.status == InitiativeStatus.SUBMITTED else [f"it is {now.status}"]
    wrong += [] if kept == sent == wanted else [f"{outcome.state}: sent with {sent!r}, holds {kept!r}"]
    for step in ("withdraw", "reopen"):
        reviews.transition(now, name=step, by=sender)
    assert now.status in EDITABLE_STATUSES
    return [f"round {number}, {way}: {what}" for what in wrong]


def test_what_is_sent_holds_a_save_or_refuses_it(lanes: list[Lane]) -> None:
    wrong = run(lanes, sent_meanwhile, SUBMIT_ROUNDS)
    assert wrong == [], "\n".join(wrong[:20])
