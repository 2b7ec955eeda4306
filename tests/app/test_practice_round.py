"""A round counts what it should, and the record of all rounds survives."""

import json
import random
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from app.bridge import Bridge
from app.disk import Disk
from app.practice_round import MOST_TRIES, Outcome, PracticeRound, Verdict
from app.practice_words import again_words, count_words, known_words, record_words, score_words
from app.progress import DAMAGED_NAME, FILE_NAME, KEPT, Practised, ProgressStore, Record, from_lines, to_lines
from tests.app.scripted import sign_event

pytestmark = pytest.mark.usefixtures("english")

DAY = date(2026, 11, 21)
RECORDS = st.dictionaries(
    st.text(st.characters(exclude_categories=("Cs",)), min_size=1).filter(str.strip),
    st.lists(st.builds(Practised, st.dates(), st.sampled_from(Outcome)), min_size=1, max_size=KEPT).map(tuple),
)

# A round


def test_right_at_the_first_try_counts_most() -> None:
    practice = PracticeRound(["eat", "drink", "book"])

    answer = practice.hear(sign_event("eat"))
    assert answer is not None
    assert answer.verdict is Verdict.RIGHT
    practice.go_on()
    practice.hear(sign_event("bird"))
    practice.hear(sign_event("drink"))
    practice.go_on()
    practice.see_example()
    practice.hear(sign_event("book"))
    practice.go_on()

    assert practice.finished
    assert [result.outcome for result in practice.results] == [
        Outcome.FIRST_TRY,
        Outcome.LATER_TRY,
        Outcome.WITH_EXAMPLE,
    ]
    assert practice.to_repeat == ("drink", "book")
    assert score_words(practice) == "4 of 6 points"
    assert again_words(practice.to_repeat) == "To look at again: drink, book."


def test_other_signs_use_up_the_tries_and_abstentions_do_not() -> None:
    practice = PracticeRound(["eat"])
    for _ in range(10):
        answer = practice.hear(sign_event(None))
        assert answer is not None
        assert answer.verdict is Verdict.NOT_SURE
    assert practice.tries_left == MOST_TRIES

    for _ in range(MOST_TRIES):
        practice.hear(sign_event("bird"))

    assert practice.outcome is Outcome.MISSED
    assert practice.hear(sign_event("eat")) is None
    assert practice.points == 0


def test_an_example_after_the_answer_costs_nothing_and_a_skipped_sign_is_gone() -> None:
    practice = PracticeRound(["eat", "drink"])
    practice.go_on()
    assert practice.number == 1
    practice.hear(sign_event("eat"))
    practice.see_example()
    practice.go_on()
    practice.skip()
    practice.skip()
    practice.go_on()

    assert [result.outcome for result in practice.results] == [Outcome.FIRST_TRY, Outcome.SKIPPED]
    assert count_words(practice.results) == "1 right at first try, 1 skipped."


@given(st.lists(st.sampled_from(["eat", "drink", None, "skip", "example", "go on"]), max_size=40))
def test_whatever_happens_every_sign_has_one_outcome(steps: list[str | None]) -> None:
    practice = PracticeRound(["eat", "drink", "book"])
    for step in steps:
        if step == "skip":
            practice.skip()
        elif step == "example":
            practice.see_example()
        elif step == "go on":
            practice.go_on()
        else:
            practice.hear(sign_event(step))

    results = practice.results
    assert [result.gloss for result in results] == ["eat", "drink", "book"][: len(results)]
    assert 1 <= practice.number <= 3
    assert practice.finished <= (len(results) == 3)
    assert practice.points <= 2 * len(results)


# The record


def test_the_record_is_written_at_once_and_read_again(tmp_path: Path, disk: Disk) -> None:
    store = ProgressStore(tmp_path / "new folder", disk)
    store.load()
    store.add("eat", Outcome.FIRST_TRY, day=DAY)
    store.add("book", Outcome.MISSED, day=DAY)

    assert disk.close()
    again = ProgressStore(tmp_path / "new folder", disk)
    again.load()

    assert again.record == {
        "book": (Practised(DAY, Outcome.MISSED),),
        "eat": (Practised(DAY, Outcome.FIRST_TRY),),
    }
    lines = again.path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == '{"format": "masa-live practice", "version": 1}'
    assert lines[2] == '{"gloss": "eat", "rounds": [["2026-11-21", "first try"]]}'


def read_again(folder: Path, disk: Disk) -> Record:
    """What another window finds once everything is written."""
    assert disk.close()
    again = ProgressStore(folder, Disk("another", Bridge(lambda _: None)))
    again.load()
    return again.record


def test_two_windows_at_once_keep_what_the_other_has_noted(tmp_path: Path, disk: Disk) -> None:
    one, other = ProgressStore(tmp_path, disk), ProgressStore(tmp_path, disk)
    for store in (one, other):
        store.load()
    eat, book = Practised(DAY, Outcome.FIRST_TRY), Practised(DAY, Outcome.MISSED)

    one.add("eat", eat.outcome, day=DAY)
    other.add("eat", book.outcome, day=DAY)
    other.add("book", book.outcome, day=DAY)
    one.add("eat", eat.outcome, day=DAY)

    assert other.record == {"book": (book,), "eat": (book,)}
    assert read_again(tmp_path, disk) == {"book": (book,), "eat": (eat, book, eat)}


def test_two_windows_that_write_at_the_same_moment_lose_nothing(tmp_path: Path, disk: Disk) -> None:
    disk_of_other = Disk("other", Bridge(lambda _: None))
    one, other = ProgressStore(tmp_path, disk), ProgressStore(tmp_path, disk_of_other)
    ours, theirs = ([f"{whose} {number}" for number in range(30)] for whose in ("ours", "theirs"))

    for our_gloss, their_gloss in zip(ours, theirs, strict=True):
        one.add(our_gloss, Outcome.MISSED)
        other.add(their_gloss, Outcome.MISSED)

    assert disk_of_other.close()
    assert set(read_again(tmp_path, disk)) == {*ours, *theirs}


def test_clearing_forgets_what_the_other_window_has_noted_too_and_brings_it_back(tmp_path: Path, disk: Disk) -> None:
    one, other = ProgressStore(tmp_path, disk), ProgressStore(tmp_path, disk)
    for store, gloss in ((one, "eat"), (other, "book")):
        store.load()
        store.add(gloss, Outcome.MISSED, day=DAY)
    missed = (Practised(DAY, Outcome.MISSED),)

    one.clear()
    other.add("bird", Outcome.MISSED, day=DAY)
    one.undo()

    assert one.record == {"eat": missed}
    assert read_again(tmp_path, disk) == {"bird": missed, "book": missed, "eat": missed}


def test_what_has_damaged_the_record_meanwhile_is_kept(tmp_path: Path, disk: Disk) -> None:
    store = ProgressStore(tmp_path, disk)
    store.load()
    store.path.write_text("nonsense", encoding="utf-8")

    store.add("eat", Outcome.MISSED, day=DAY)

    assert set(read_again(tmp_path, disk)) == {"eat"}
    assert (tmp_path / DAMAGED_NAME).read_text(encoding="utf-8") == "nonsense"


@given(RECORDS)
def test_what_is_written_is_read(record: dict[str, tuple[Practised, ...]]) -> None:
    assert from_lines(to_lines(record)) == (record, 0)


@given(RECORDS, st.text())
def test_any_damage_leaves_the_whole_lines(record: dict[str, tuple[Practised, ...]], junk: str) -> None:
    whole = to_lines(record)

    assert record.items() <= from_lines(f"{whole}{json.dumps(junk)}\n")[0].items()
    for text in (junk, junk + whole, whole[: len(whole) // 2]):
        assert isinstance(from_lines(text)[0], dict)


@pytest.mark.parametrize(
    "line",
    [
        "nonsense",
        "[]",
        "null",
        '{"gloss": "go"}',
        '{"gloss": 3, "rounds": [["2026-11-21", "missed"]]}',
        '{"gloss": "go", "rounds": []}',
        '{"gloss": "go", "rounds": [["yesterday", "missed"]]}',
        '{"gloss": "go", "rounds": [["2026-11-21", "perfect"]]}',
        '{"gloss": "\\ud800", "rounds": [["2026-11-21", "missed"]]}',
    ],
)
def test_a_line_that_cannot_be_used_is_told_and_kept(qtbot: QtBot, tmp_path: Path, disk: Disk, line: str) -> None:
    text = to_lines({"eat": (Practised(DAY, Outcome.MISSED),)}) + line + "\n"
    (tmp_path / FILE_NAME).write_text(text, encoding="utf-8")
    store = ProgressStore(tmp_path, disk)

    with qtbot.waitSignal(store.notice) as notice:
        store.load()
    store.add("book", Outcome.SKIPPED, day=DAY)

    assert "1 line of the record of your practice cannot be used" in notice.args[0]
    assert set(store.record) == {"eat", "book"}
    assert (tmp_path / DAMAGED_NAME).read_text(encoding="utf-8") == text


def test_a_newer_version_is_not_misread_but_kept(qtbot: QtBot, tmp_path: Path, disk: Disk) -> None:
    text = to_lines({"eat": (Practised(DAY, Outcome.MISSED),)}).replace('"version": 1', '"version": 2')
    (tmp_path / FILE_NAME).write_text(text, encoding="utf-8")
    store = ProgressStore(tmp_path, disk)

    with qtbot.waitSignal(store.notice):
        store.load()

    assert store.record == {}
    assert (tmp_path / DAMAGED_NAME).read_text(encoding="utf-8") == text


def test_a_record_that_cannot_be_kept_holds_all_the_same(qtbot: QtBot, tmp_path: Path, disk: Disk) -> None:
    (tmp_path / "file").touch()
    store = ProgressStore(tmp_path / "file", disk)

    with qtbot.waitSignal(store.notice) as notice:
        store.add("eat", Outcome.MISSED)

    assert "cannot be kept" in notice.args[0]
    assert set(store.record) == {"eat"}


def test_a_record_that_cannot_be_read_is_not_overwritten(qtbot: QtBot, tmp_path: Path, disk: Disk) -> None:
    (tmp_path / FILE_NAME).mkdir()
    store = ProgressStore(tmp_path, disk)

    with qtbot.waitSignal(store.notice) as notice:
        store.add("eat", Outcome.MISSED)

    assert "cannot be kept" in notice.args[0]
    assert (tmp_path / FILE_NAME).is_dir()


def test_a_record_that_is_a_folder_is_told(qtbot: QtBot, tmp_path: Path, disk: Disk) -> None:
    (tmp_path / FILE_NAME).mkdir()
    store = ProgressStore(tmp_path, disk)

    with qtbot.waitSignal(store.notice) as notice:
        store.load()

    assert "cannot be read" in notice.args[0]


def test_a_cleared_record_can_be_brought_back_with_what_came_since(tmp_path: Path, disk: Disk) -> None:
    store = ProgressStore(tmp_path, disk)
    store.add("eat", Outcome.MISSED, day=DAY)
    store.clear()
    assert store.record == {}
    assert store.can_undo
    store.add("eat", Outcome.FIRST_TRY, day=DAY)

    store.undo()

    assert [practised.outcome for practised in store.record["eat"]] == [Outcome.MISSED, Outcome.FIRST_TRY]
    assert not store.can_undo


def test_a_sign_that_is_renamed_keeps_its_rounds(tmp_path: Path, disk: Disk) -> None:
    one, other = ProgressStore(tmp_path, disk), ProgressStore(tmp_path, disk)
    missed = (Practised(DAY, Outcome.MISSED),)
    one.add("hut", Outcome.MISSED, day=DAY)
    other.add("hut", Outcome.MISSED, day=DAY)

    one.rename("hut", "cabin")

    assert one.record == {"cabin": missed}
    assert read_again(tmp_path, disk) == {"cabin": missed * 2}


def test_a_sign_that_is_renamed_while_the_record_is_cleared_comes_back_with_its_new_name(
    tmp_path: Path, disk: Disk
) -> None:
    store = ProgressStore(tmp_path, disk)
    store.add("hut", Outcome.MISSED, day=DAY)
    store.clear()

    store.rename("hut", "cabin")
    store.undo()

    assert set(store.record) == set(read_again(tmp_path, disk)) == {"cabin"}


def test_old_rounds_are_forgotten(tmp_path: Path, disk: Disk) -> None:
    store = ProgressStore(tmp_path, disk)
    for _ in range(KEPT + 3):
        store.add("eat", Outcome.FIRST_TRY, day=DAY)

    assert len(store.record["eat"]) == KEPT
    assert known_words(store.record["eat"]) == "well"
    assert record_words(store.record).startswith("1 sign practised, 1 known well")


def test_what_is_known_least_is_asked_for_first(tmp_path: Path, disk: Disk) -> None:
    store = ProgressStore(tmp_path, disk)
    for gloss, outcome in (("eat", Outcome.FIRST_TRY), ("drink", Outcome.LATER_TRY), ("book", Outcome.MISSED)):
        store.add(gloss, outcome, day=DAY)
    glosses = ("eat", "drink", "book", "bird")

    assert set(store.choose(glosses, 2, random.Random(1))) == {"book", "bird"}
    assert set(store.choose(glosses, 3, random.Random(1))) == {"book", "bird", "drink"}
    assert len(store.choose(glosses, 10, random.Random(1))) == 4
    assert store.choose((), 5, random.Random(1)) == ()
