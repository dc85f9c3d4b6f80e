"""Titled texts side by side: in their order, cut where both columns are about as high, stacked when one is long."""

from masterplan.books.chapters.plan.facts import beside


def fact(title: str, words: int) -> dict[str, str]:
    return {"title": title, "body": " ".join(["kata"] * words)}


def test_the_cut_makes_the_columns_about_as_high() -> None:
    facts = [fact("Satu", 60), fact("Dua", 5), fact("Tiga", 5), fact("Empat", 40)]
    found = beside(facts)
    assert [[each["title"] for each in column] for column in found["columns"]] == [["Satu"], ["Dua", "Tiga", "Empat"]]
    assert found["stacked"] is False


def test_a_long_text_stands_over_the_full_width() -> None:
    facts = [fact("Pendek", 5), fact("Panjang", 400)]
    assert beside(facts) == {"columns": [facts], "stacked": True}


def test_lines_that_the_author_broke_count_as_lines() -> None:
    facts = [{"title": "Mitra", "body": "a\nb\nc\nd\ne\nf"}, fact("Dua", 3), fact("Tiga", 3)]
    assert [len(column) for column in beside(facts)["columns"]] == [1, 2]


def test_one_fact_or_none_has_no_second_column() -> None:
    assert beside([fact("Satu", 3)])["columns"] == [[fact("Satu", 3)]]
    assert beside([])["columns"] == []
