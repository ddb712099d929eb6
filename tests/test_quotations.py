"""Whether words stand in an archived copy: white space and hyphens at the ends of lines do not count, everything else does."""

import pytest

from workplan_cli.rules.text import fold

LAW = """LAW No. 12

Article 7. Traf-
ficking in per\u00adsons is\r
punished. A well-
known line

  is open. Traf-

fickers pay."""


@pytest.mark.parametrize(
    "quotation",
    [
        "Trafficking in persons is punished.",
        "Traf- ficking in persons",
        "Traf-\nficking in\npersons",
        "A well-known line is open.",
        "A wellknown line",
        "punished. A well-known line is open. Traffickers pay.",
        "LAW No. 12 Article 7. Trafficking in persons is punished. A well-known line",
    ],
)
def test_a_quotation_is_found_however_its_lines_were_broken(quotation: str) -> None:
    assert fold(LAW).find(fold(quotation)) is not None


@pytest.mark.parametrize(
    "quotation",
    ["trafficking in persons", "Trafficking in person is", "well known line", "A well--known", "punished ."],
)
def test_a_quotation_that_differs_in_anything_else_is_not_found(quotation: str) -> None:
    assert fold(LAW).find(fold(quotation)) is None


@pytest.mark.parametrize(
    ("quotation", "first", "last"),
    [
        ("LAW No.", 1, 1),
        ("Trafficking in", 3, 4),
        ("in persons is", 4, 4),
        ("well-known", 5, 6),
        ("is open.", 8, 8),
        ("fickers pay", 10, 10),
    ],
)
def test_a_place_in_the_folded_words_is_a_line_of_the_copy(quotation: str, first: int, last: int) -> None:
    law = fold(LAW)
    found = law.find(fold(quotation))
    assert found is not None
    assert (law.line(found[0]), law.line(found[1] - 1)) == (first, last)


@pytest.mark.parametrize(
    ("first", "last", "touched"),
    [(1, 2, False), (3, 3, True), (2, 9, True), (4, 4, True), (5, 5, False), (0, 4, False), (9, 99, False)],
)
def test_a_passage_touches_the_lines_it_stands_in_and_no_others(first: int, last: int, touched: bool) -> None:
    assert fold(LAW).touches("Trafficking in persons is", first, last) is touched


@pytest.mark.parametrize(
    ("quotation", "beginning"),
    [
        ("Trafficking in persons is forbidden.", "Trafficking in persons is"),
        ("A well-known line is shut.", "A well-known line is"),
        ("Smuggling of persons", ""),
        ("LAW No. 123", "LAW No."),
    ],
)
def test_the_longest_beginning_that_is_found_ends_at_a_whole_word(quotation: str, beginning: str) -> None:
    assert fold(LAW).beginning(fold(quotation)) == beginning


def test_letters_with_accents_are_the_same_however_they_are_composed() -> None:
    assert fold("informacio\u0301n").find(fold("información")) is not None
