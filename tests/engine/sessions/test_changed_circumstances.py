import pytest

from engine.sessions.changed_circumstances import changed_circumstances
from engine.sources.session import Circumstances, SessionNotes


@pytest.mark.parametrize(
    ("then", "now", "words"),
    [
        ({"model": "a"}, {"model": "a"}, None),
        ({"model": None}, {"model": "a"}, None),
        ({"model": "a", "left_handed": True}, {"model": "a"}, None),
        ({"model": "a"}, {"model": "b"}, "the model a:"),
        ({"model": "a", "threshold": 0.2}, {"model": "a"}, "another version of a"),
        ({"model": "a", "lesson": ("x", "y")}, {"model": "a", "lesson": ("y", "x")}, None),
        ({"model": "a", "lesson": ("x",)}, {"model": "a"}, "another choice of signs"),
        ({"model": "a"}, {"model": "a", "personal": ("x",)}, "other signs of your own"),
    ],
)
def test_what_differs_from_then_is_told_in_one_line(
    then: dict[str, object], now: dict[str, object], words: str | None
) -> None:
    notes = SessionNotes(started="", source="", circumstances=(Circumstances(from_ns=0, **then),))  # type: ignore[arg-type]
    told = changed_circumstances(notes, Circumstances(from_ns=0, **now))  # type: ignore[arg-type]
    assert told is None if words is None else told is not None and words in told
