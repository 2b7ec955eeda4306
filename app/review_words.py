"""What is said of a sign in hindsight and of a model: no Qt, no painting."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.engine_words import translated
from app.view_model import clock_time, percent
from app.words import listed, mark, tr
from engine.recognition.memory import RecordedSign
from engine.types import NANOSECONDS

if TYPE_CHECKING:
    from engine.recognition.explanation import Explanation

ROWS: Final = 7
"""Parts beyond these decide next to nothing."""
LOOKING: Final = mark("The parts of the signer are hidden one after the other…")
FAILED: Final = mark("This sign could not be explained; the log tells more.")
LEAST_SHARE: Final = 0.005
"""What changes the probability by less is said to change nothing."""


@dataclass(frozen=True, slots=True)
class InfluenceRow:
    """A part of the signer and what it decides.

    Attributes:
        part: its name.
        share: 0..1, what the gloss loses without it; 0 where it loses nothing.
        words: the same in words, and which gloss would win instead, if another.
    """

    part: str
    share: float
    words: str


def sign_headline(sign: RecordedSign) -> str:
    """Return the gloss and how sure the recogniser was, or that it was not."""
    event = sign.event
    if event.gloss is None:
        return tr("Not sure")
    return f"{event.gloss} · {percent(event.probability)}"


def sign_details(sign: RecordedSign) -> str:
    """Return when the sign was made, and the candidates that were not taken."""
    event = sign.event
    others = event.candidates if event.gloss is None else event.candidates[1:]
    named = listed(f"{candidate.gloss} {percent(candidate.probability)}" for candidate in others[:3])
    when = clock_time(event.start_ns)
    if not named:
        return tr("at {time}", time=when)
    if event.gloss is None:
        return tr("at {time} · nearest: {glosses}", time=when, glosses=named)
    return tr("at {time} · then: {glosses}", time=when, glosses=named)


def influence_rows(explanation: "Explanation") -> tuple[InfluenceRow, ...]:
    """Return the parts that decide most, most influential first."""
    rows = []
    for influence in explanation.parts[:ROWS]:
        share = max(influence.drop, 0.0)
        if influence.drop < -LEAST_SHARE:
            words = f"+{percent(-influence.drop)}"
        elif share < LEAST_SHARE:
            words = tr("no change")
        else:
            words = f"−{percent(share)}"
        if influence.instead != explanation.gloss:
            words += f" → {influence.instead}"
        rows.append(InfluenceRow(translated(influence.part.name), share, words))
    return tuple(rows)


def attention_words(explanation: "Explanation") -> str:
    """Return when the model looked closest."""
    peak = int(explanation.times_ns[int(explanation.attention.argmax())]) - int(explanation.times_ns[0])
    return tr("Most attention {seconds} s after the beginning", seconds=f"{peak / NANOSECONDS:.1f}")


def alike_words(explanation: "Explanation") -> str:
    """Return what the model confuses the gloss with most easily."""
    if not explanation.alike:
        return ""
    return tr(
        "To the model these are most like “{gloss}”, whoever signs: {glosses}.",
        gloss=explanation.gloss,
        glosses=listed(explanation.alike),
    )


def calibration_words(
    *, name: str, device: str, glosses: int, threshold: float, temperature: float, background_bias: float
) -> str:
    """Return how sure a model is made to be, and from when on it is believed."""
    if background_bias:
        # Both together make it surer for one clip and less sure for another.
        corrected = tr(
            "Clips that it did not learn from have corrected how sure it is (temperature {value}) and how often it "
            "expects signs that it does not know (bias {bias}).",
            value=f"{temperature:.2f}",
            bias=f"{background_bias:+.2f}",
        )
    elif abs(temperature - 1) < LEAST_SHARE:
        corrected = tr("Its probabilities are shown as they are.")
    elif temperature > 1:
        corrected = tr(
            "Clips that it did not learn from have corrected how sure it is: less than by itself "
            "(temperature {value}).",
            value=f"{temperature:.2f}",
        )
    else:
        corrected = tr(
            "Clips that it did not learn from have corrected how sure it is: more than by itself "
            "(temperature {value}).",
            value=f"{temperature:.2f}",
        )
    known = tr("{model} knows %n sign(s) and runs on {device}.", "", glosses, model=name, device=device.upper())
    unsure = tr("Below {threshold} it says that it is not sure.", threshold=percent(threshold))
    return tr("{known} {corrected} {unsure}", known=known, corrected=corrected, unsure=unsure)
