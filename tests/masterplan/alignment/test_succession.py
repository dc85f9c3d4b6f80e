"""Which new program carries on an old one: by what is written, by code, by words; in this order."""

from masterplan.alignment.succession import LIMIT, ProgramNode, likeness, propose

ROADS = ProgramNode(1, "1.03.10", "Program Penyelenggaraan Jalan")
MARKETS = ProgramNode(2, "3.30.03", "Program Peningkatan Sarana Distribusi Perdagangan")


def first(old, *news):
    return propose([old], news)[old.pk][0]


def test_what_is_written_down_comes_before_code_and_words():
    named = ProgramNode(11, "9.9", "Program Konektivitas Wilayah", replaces=1)
    coded = ProgramNode(12, "1.03.10", "Program Penyelenggaraan Jalan")
    found = propose([ROADS], [coded, named])[1]
    assert [(each.pk, each.reason, each.likely) for each in found[:2]] == [
        (11, "tertulis sebagai kelanjutannya", True),
        (12, "kode sama", True),
    ]


def test_a_code_that_now_means_something_else_is_offered_and_not_ticked():
    found = first(ROADS, ProgramNode(11, "1.03.10", "Program Pembinaan Perpustakaan"))
    assert (found.reason, found.likely) == ("kode sama", False)


def test_nearly_the_same_words_are_likely_a_few_are_only_offered():
    same = first(ROADS, ProgramNode(11, "2.2", "Program Penyelenggaraan Jalan Kabupaten"))
    assert same.likely
    assert same.reason.startswith("kata sama: ")
    akin = first(
        MARKETS, ProgramNode(12, "2.3", "Program Perdagangan Dalam Negeri, Metrologi, dan Perlindungan Konsumen")
    )
    assert not akin.likely
    assert "perdagangan" in akin.reason


def test_words_tick_nothing_beside_a_code_that_holds():
    other_field = ProgramNode(12, "3.27.10", "Program Penyelenggaraan Jalan")
    found = propose([ROADS], [other_field, ProgramNode(11, "1.03.10", "Program Penyelenggaraan Jalan")])[1]
    assert [(each.pk, each.likely) for each in found] == [(11, True), (12, False)]


def test_indicators_count_too():
    old = ProgramNode(1, "", "Program Alfa", ("Panjang trotoar yang layak",))
    assert (
        first(old, ProgramNode(11, "", "Program Beta", ("Trotoar bagi pejalan kaki",))).reason == "kata sama: trotoar"
    )


def test_several_olds_may_get_the_same_and_strangers_get_none():
    joined = ProgramNode(11, "1.03.10", "Program Penyelenggaraan Jalan dan Sarana Distribusi Perdagangan")
    found = propose([ROADS, MARKETS, ProgramNode(3, "", "Zqduax")], [joined])
    assert found[1][0].pk == found[2][0].pk == 11
    assert found[3] == []


def test_no_more_than_a_few_are_offered():
    news = [ProgramNode(10 + n, f"{n}", f"Program Penyelenggaraan Jalan {n}") for n in range(9)]
    assert len(propose([ROADS], news)[1]) == LIMIT
    assert propose([ROADS], []) == {1: []}


def test_likeness_is_the_shared_part_of_the_words():
    assert likeness("Jalan kabupaten", "jalan kabupaten") == 1
    assert likeness("Jalan", "Air minum") == likeness("", "") == 0
    assert 0 < likeness("Jalan kabupaten", "Jalan desa") < 1
