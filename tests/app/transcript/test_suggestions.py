from hypothesis import given
from hypothesis import strategies as st

from app.transcript.suggestions import LONGEST, OFFERED, as_gloss, suggestions
from tests.app.scripted import candidates

CANDIDATES = candidates(("eat", 0.6), ("drink", 0.3))
VOCABULARY = ("drink", "eat", "great", "theater", "go")


def offered(typed: str, *, now: str | None = None) -> list[tuple[str, str]]:
    return [(one.gloss, one.reason) for one in suggestions(typed, CANDIDATES, VOCABULARY, now=now)]


def test_at_first_the_candidates_are_offered_and_then_the_vocabulary() -> None:
    assert offered("") == [("eat", "60 %"), ("drink", "30 %"), ("great", ""), ("theater", ""), ("go", "")]


def test_the_gloss_that_is_to_be_replaced_says_so() -> None:
    assert offered("", now="eat")[0] == ("eat", "now, 60 %")
    assert offered("go", now="go")[0] == ("go", "now")


def test_what_was_typed_comes_first_and_then_what_begins_with_it_and_contains_it() -> None:
    assert offered("ea") == [("ea", "not in the vocabulary"), ("eat", "60 %"), ("great", ""), ("theater", "")]


def test_a_known_gloss_is_found_whatever_its_case_and_blanks() -> None:
    assert offered("  EAT ")[0] == ("eat", "60 %")


@given(st.text())
def test_a_gloss_is_one_short_line(typed: str) -> None:
    gloss = as_gloss(typed)

    assert len(gloss) <= LONGEST
    assert len(gloss.splitlines()) <= 1
    assert as_gloss(gloss) == gloss.rstrip()


def test_a_large_vocabulary_is_not_poured_out_at_once() -> None:
    assert len(suggestions("", (), map(str, range(2000)))) == OFFERED
