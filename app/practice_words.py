"""What is said in practice: no widgets, no painting."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from app.practice_round import MOST_POINTS, MOST_TRIES, Answer, Outcome, PracticeRound, Result, Verdict
from app.progress import Practised, Record, known_share
from app.transcript.line_words import nearest_words
from app.words import listed, mark, tr

if TYPE_CHECKING:
    from engine.recognition.prototype_difference import Difference

NO_EXAMPLE: Final = mark("This sign has no example to show yet: too few recordings to average.")
HIDDEN: Final = mark("The example is hidden. H shows it, and the sign then counts one point instead of two.")
NO_SIGNS: Final = mark("There are no signs to practise yet: no model is in use.")
NO_RECORD: Final = mark("Nothing practised yet. Each sign that you are asked for appears here, with how it went.")
WELL: Final = 0.8
"""From this share on a sign is known well."""
_DIFFERENCES: Final = {
    "higher": mark("Your {hand} was higher than in the example {when}."),
    "lower": mark("Your {hand} was lower than in the example {when}."),
    "farther left": mark("Your {hand} was farther to your left than in the example {when}."),
    "farther right": mark("Your {hand} was farther to your right than in the example {when}."),
}
_HANDS: Final = {"left": mark("left hand"), "right": mark("right hand")}
_PARTS: Final = {"beginning": mark("at the beginning"), "middle": mark("in the middle"), "end": mark("near the end")}
_OUTCOMES: Final = {
    Outcome.FIRST_TRY: mark("right at first try"),
    Outcome.LATER_TRY: mark("right after more tries"),
    Outcome.WITH_EXAMPLE: mark("right with the example"),
    Outcome.MISSED: mark("not right"),
    Outcome.SKIPPED: mark("skipped"),
}
_COUNTS: Final = {
    Outcome.FIRST_TRY: mark("{count} right at first try"),
    Outcome.LATER_TRY: mark("{count} right after more tries"),
    Outcome.WITH_EXAMPLE: mark("{count} right with the example"),
    Outcome.MISSED: mark("{count} not right"),
    Outcome.SKIPPED: mark("{count} skipped"),
}
_BRIEFLY: Final = {
    Outcome.FIRST_TRY: mark("first try"),
    Outcome.LATER_TRY: mark("later try"),
    Outcome.WITH_EXAMPLE: mark("with the example"),
    Outcome.MISSED: mark("missed"),
    Outcome.SKIPPED: mark("skipped"),
}


def result_words(practice: PracticeRound) -> str:
    """Return what came of the last try, or of the sign, in a few words; empty before the first try."""
    match practice.outcome:
        case Outcome.SKIPPED:
            return tr("Skipped")
        case Outcome.WITH_EXAMPLE:
            return tr("Right, with the example")
        case Outcome.FIRST_TRY | Outcome.LATER_TRY:
            return tr("Right", "a sign that was made")
    return "" if practice.answer is None else _seen_words(practice.answer)


def advice_words(practice: PracticeRound, *, known: bool) -> str:
    """Return what to do now; `known` is whether the sign that is asked for can be recognised at all."""
    if practice.outcome in (Outcome.SKIPPED, Outcome.MISSED):
        return tr("Enter goes on when you are ready.")
    if practice.decided:
        return tr("Go on with Enter, or wait a moment.")
    if not known:
        return tr("The model in use, or its lesson, does not know this sign. S skips it.")
    if practice.answer is None:
        return tr("Make the sign before the camera.")
    if practice.answer.verdict is Verdict.NOT_SURE:
        return tr("Once more, please; that one does not count.")
    return tr("Try again: {left} of {most} tries left.", left=practice.tries_left, most=MOST_TRIES)


def difference_words(difference: "Difference | None") -> str:
    """Return what differed most from the example; empty where nothing did clearly."""
    if difference is None:
        return ""
    hand, when = tr(_HANDS[difference.side]), tr(_PARTS[difference.part])
    return tr(_DIFFERENCES[difference.direction], hand=hand, when=when)


def number_words(practice: PracticeRound) -> str:
    """Return which sign of the round is asked for, and the score so far."""
    sign = tr("Sign {number} of {count}", number=practice.number, count=len(practice.glosses))
    return f"{sign} · {points_words(practice.points)}"


def score_words(practice: PracticeRound) -> str:
    """Return the score of a whole round."""
    return tr("{points} of %n point(s)", "", MOST_POINTS * len(practice.glosses), points=practice.points)


def points_words(points: int) -> str:
    """Return a number of points."""
    return tr("%n point(s)", "", points)


def outcome_words(outcome: Outcome) -> str:
    """Return how a sign went."""
    return tr(_OUTCOMES[outcome])


def count_words(results: Sequence[Result]) -> str:
    """Return how many signs went how."""
    counts = Counter(result.outcome for result in results)
    told = listed(tr(words, count=counts[outcome]) for outcome, words in _COUNTS.items() if counts[outcome])
    return tr("{counts}.", counts=told)


def again_words(to_repeat: Sequence[str]) -> str:
    """Return what to look at again."""
    if not to_repeat:
        return tr("Every sign was right at the first try.")
    return tr("To look at again: {glosses}.", glosses=listed(to_repeat))


def known_words(rounds: tuple[Practised, ...]) -> str:
    """Return how well a sign is known."""
    share = known_share(rounds)
    if share >= WELL:
        return tr("well", "how a sign is known")
    return tr("partly", "how a sign is known") if share > 0 else tr("not yet", "how a sign is known")


def rounds_words(rounds: tuple[Practised, ...]) -> str:
    """Return how the last rounds of a sign went, the newest first."""
    return listed(tr(_BRIEFLY[practised.outcome]) for practised in reversed(rounds))


def record_words(record: Record) -> str:
    """Return how much has been practised."""
    if not record:
        return tr(NO_RECORD)
    well = sum(known_share(rounds) >= WELL for rounds in record.values())
    return tr(
        "%n sign(s) practised, {well} known well: right at first try in the last three rounds, or nearly.",
        "",
        len(record),
        well=well,
    )


def _seen_words(answer: Answer) -> str:
    if answer.verdict is Verdict.OTHER:
        return tr("That looked like “{gloss}”", gloss=answer.event.gloss)
    nearest = nearest_words(answer.event)
    return tr("Not sure: {glosses}", glosses=nearest) if nearest else tr("Not sure")
