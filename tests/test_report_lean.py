"""What keeps a large report small and quick: nothing is kept twice, and nothing is worked out again for another format or
language."""

from collections import Counter
from itertools import pairwise

import pytest
from editions import edition, example

from workplan_cli.checking.whole import read_whole
from workplan_cli.cli.edition import PAGES
from workplan_cli.model.record import document_at
from workplan_cli.reports import guidelinepage, site, statepage
from workplan_cli.storage.tree import Memory


def test_what_was_read_is_not_kept_as_bytes_too() -> None:
    whole = read_whole(Memory(example()))
    assert whole.record.sheets
    assert [path for path in whole.files.files if document_at(path) is not None] == []
    assert {path for path in example() if document_at(path) is None} == set(whole.files.files)


def test_answers_written_with_the_same_keys_hold_one_set_of_them() -> None:
    sheets = read_whole(Memory(example())).record.sheets
    sets = [answer.__pydantic_fields_set__ for sheet in sheets for answer in sheet.answers.values()]
    assert len({id(one) for one in sets}) == len({frozenset(one) for one in sets}) < len(sets)


def test_pages_on_one_subject_are_made_one_after_the_other() -> None:
    stems = [path.rpartition(".")[0] for path, _ in edition(example(), "en", "es").files(PAGES, alone=True)]
    again = [stem for before, stem in pairwise(stems) if before == stem]
    assert len(again) > 20
    assert Counter(stems).most_common(1)[0][1] == 2
    assert len(set(stems)) == len(stems) - len(again)


@pytest.mark.parametrize(("module", "name"), [(statepage, "state_view"), (guidelinepage, "guideline_view")])
def test_what_a_page_shows_is_gathered_once_for_all_formats(module: object, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    gathered: list[object] = []
    original = getattr(module, name)

    def counted(*given: object) -> object:
        gathered.append(given)
        return original(*given)

    monkeypatch.setattr(site, name, counted)
    made = edition(example(), "en")
    paths = [path for path, _ in made.files(PAGES, alone=True)]
    folder = "states/" if name == "state_view" else "guidelines/"
    assert len(gathered) == sum(path.startswith(folder) and path.endswith(".html") for path in paths) > 1


def test_cells_are_cut_once_for_all_languages() -> None:
    one, other = edition(example(), "en", "es").sites
    state = one.report.shown[0].state
    voice = one.report.voices[0]
    assert one.report.row(state, voice) is other.report.row(state, voice)
    assert one.report.over(state, voice) is other.report.over(state, voice)
