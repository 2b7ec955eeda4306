import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from app.transcript.document import Line, TranscriptDocument, on_one_clock
from engine.export import Standing, TranscriptEntry
from engine.types import NANOSECONDS
from tests.app.scripted import sign_event


def glosses(document: TranscriptDocument) -> list[str | None]:
    return [line.entry.gloss for line in document.lines]


@pytest.fixture
def document() -> TranscriptDocument:
    document = TranscriptDocument()
    document.hear([sign_event("eat", start_s=1), sign_event(None, start_s=3), sign_event("go", start_s=5)])
    return document


def numbers(document: TranscriptDocument) -> list[int]:
    return [line.number for line in document.lines]


def test_signs_stand_in_order_of_time_whenever_they_come(document: TranscriptDocument) -> None:
    document.hear([sign_event("late", start_s=2)])

    assert glosses(document) == ["eat", "late", None, "go"]


def test_another_run_stands_behind_the_one_before_though_its_time_begins_anew(document: TranscriptDocument) -> None:
    document.begin_run()
    document.hear([sign_event("fish", start_s=0.5)])

    assert glosses(document) == ["eat", None, "go", "fish"]


def test_a_late_sign_of_the_run_before_stands_there(document: TranscriptDocument) -> None:
    document.begin_video(300 * NANOSECONDS)
    document.begin_run()
    document.hear([sign_event("fish", start_s=0.5)])
    document.hear([sign_event("late", start_s=9)], runs_ago=1)

    assert glosses(document) == ["eat", None, "go", "late", "fish"]
    assert [line.begins_ns // NANOSECONDS for line in document.lines[3:]] == [300, 0]


def test_a_correction_keeps_what_had_been_recognised(document: TranscriptDocument) -> None:
    document.correct(numbers(document)[0], "drink")

    entry = document.lines[0].entry
    assert (entry.gloss, entry.event.gloss, entry.standing) == ("drink", "eat", Standing.CORRECTED)
    assert document.undo_name == "correction"


def test_correcting_back_to_what_was_recognised_takes_the_correction_away(document: TranscriptDocument) -> None:
    number = numbers(document)[0]
    document.correct(number, "drink")
    document.correct(number, "eat")

    assert document.lines[0].entry.standing is Standing.RECOGNISED


def test_what_changes_nothing_is_nothing_to_undo(document: TranscriptDocument) -> None:
    document.correct(numbers(document)[0], "eat")
    document.delete([])
    document.delete([999])
    document.restore([])
    TranscriptDocument().clear()

    assert document.undo_name is None


def test_an_inserted_sign_stands_behind_the_one_it_was_inserted_after(document: TranscriptDocument) -> None:
    first, _, third = numbers(document)
    document.insert("a", after=first)
    document.insert("b", after=first)
    document.insert("c", after=third)
    document.insert("d", after=None)

    assert glosses(document) == ["eat", "b", "a", None, "go", "c", "d"]
    assert all(line.entry.event.start_ns < line.entry.event.end_ns for line in document.lines)
    assert document.lines[1].entry.standing is Standing.INSERTED


def test_a_sign_can_be_inserted_where_there_is_none() -> None:
    document = TranscriptDocument()
    document.insert("eat", after=None)

    assert glosses(document) == ["eat"]


def test_clearing_can_be_undone_and_signs_that_came_since_stay(document: TranscriptDocument) -> None:
    document.clear()
    document.hear([sign_event("fish", start_s=7)])
    assert glosses(document) == ["fish"]

    document.undo()
    assert glosses(document) == ["eat", None, "go", "fish"]

    document.redo()
    assert glosses(document) == ["fish"]


def test_a_new_edit_forgets_what_could_have_been_redone(document: TranscriptDocument) -> None:
    document.delete(numbers(document)[:1])
    document.undo()
    document.delete(numbers(document)[2:])

    assert document.redo_name is None
    document.undo()
    assert glosses(document) == ["eat", None, "go"]


def test_a_sign_that_came_in_keeps_the_way_forward_open(document: TranscriptDocument) -> None:
    document.delete(numbers(document)[:1])
    document.undo()
    document.hear([sign_event("fish", start_s=7)])
    document.redo()

    assert glosses(document) == [None, "go", "fish"]


def test_what_is_restored_stands_in_front_in_its_own_order(document: TranscriptDocument) -> None:
    former = TranscriptDocument()
    former.hear([sign_event("one", start_s=9)])
    former.begin_run()
    former.hear([sign_event("two", start_s=2)])

    document.restore(former.lines)
    assert glosses(document) == ["one", "two", "eat", None, "go"]
    assert len(set(numbers(document))) == 5

    document.undo()
    assert glosses(document) == ["eat", None, "go"]


def test_a_line_that_is_not_there_cannot_be_corrected(document: TranscriptDocument) -> None:
    with pytest.raises(KeyError):
        document.correct(999, "eat")


def test_an_export_keeps_the_time_of_one_run_and_lays_others_behind_it(document: TranscriptDocument) -> None:
    document.begin_run()
    document.hear([sign_event("fish", start_s=0.5)])
    document.begin_run()
    document.hear([sign_event("drink", start_s=0)])

    starts = [entry.event.start_ns / NANOSECONDS for entry in on_one_clock(document.lines)]

    assert starts == [1, 3, 5, 6.5, 7.5]
    assert on_one_clock(document.lines[3:])[0].event.start_ns == NANOSECONDS // 2


def test_the_video_of_a_further_run_begins_where_the_one_before_ended(document: TranscriptDocument) -> None:
    document.begin_run()
    document.begin_video(300 * NANOSECONDS)
    document.hear([sign_event("fish", start_s=302)])
    document.insert("drink", after=None)
    document.begin_run()
    document.hear([sign_event("go", start_s=1)])

    starts = [entry.event.start_ns / NANOSECONDS for entry in on_one_clock(document.lines)]

    assert starts == [1, 3, 5, 8, 9, 11]
    assert [line.begins_ns // NANOSECONDS for line in document.lines] == [0, 0, 0, 300, 300, 0]


def test_a_sign_that_is_inserted_before_all_others_stands_at_the_beginning_of_the_video() -> None:
    document = TranscriptDocument()
    document.begin_video(300 * NANOSECONDS)
    document.insert("eat", after=None)

    assert document.lines[0].entry.event.start_ns == 300 * NANOSECONDS


@given(st.lists(st.tuples(st.integers(0, 5), st.floats(0, 100)), max_size=12))
def test_signs_on_one_clock_never_go_back_from_run_to_run(signs: list[tuple[int, float]]) -> None:
    lines = sorted(
        (
            Line(number, run, TranscriptEntry(sign_event("eat", start_s=start_s)))
            for number, (run, start_s) in enumerate(signs)
        ),
        key=lambda line: (line.run, line.entry.event.start_ns),
    )

    starts = [entry.event.start_ns for entry in on_one_clock(lines)]

    assert starts == sorted(starts)


class EditedTranscript(RuleBasedStateMachine):
    """Edits and live signs in any order: undoing everything leaves exactly the live signs as they came."""

    def __init__(self) -> None:
        super().__init__()
        self.document = TranscriptDocument()
        self.heard: list[str] = []

    @rule(start_s=st.integers(0, 30))
    def sign_comes_in(self, start_s: int) -> None:
        gloss = f"sign {len(self.heard)}"
        self.heard.append(gloss)
        self.document.hear([sign_event(gloss, start_s=start_s)])

    @rule()
    def another_run_begins(self) -> None:
        self.document.begin_run()

    @rule(data=st.data(), gloss=st.sampled_from(["eat", "drink"]))
    def correct(self, data: st.DataObject, gloss: str) -> None:
        if self.document.lines:
            self.document.correct(data.draw(st.sampled_from(numbers(self.document))), gloss)

    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        if self.document.lines:
            self.document.delete(data.draw(st.sets(st.sampled_from(numbers(self.document)))))

    @rule(data=st.data())
    def insert(self, data: st.DataObject) -> None:
        after = data.draw(st.sampled_from([None, *numbers(self.document)]))
        number = self.document.insert("inserted", after=after)
        if after is not None:
            order = numbers(self.document)
            assert order.index(number) > order.index(after)

    @rule()
    def clear(self) -> None:
        self.document.clear()

    @rule()
    def restore(self) -> None:
        self.document.restore(self.document.lines[:2])

    @rule()
    def undo(self) -> None:
        lines = self.document.lines
        if self.document.undo_name is not None:
            self.document.undo()
            self.document.redo()
            assert self.document.lines == lines
            self.document.undo()

    @rule()
    def redo(self) -> None:
        self.document.redo()

    @invariant()
    def lines_are_in_order(self) -> None:
        moments = [(line.run, line.entry.event.start_ns) for line in self.document.lines]
        assert moments == sorted(moments)

    def teardown(self) -> None:
        while self.document.undo_name is not None:
            self.document.undo()
        assert sorted(str(gloss) for gloss in glosses(self.document)) == sorted(self.heard)


TestEditedTranscript = EditedTranscript.TestCase
