"""What the window says, computed from facts: no widgets, no painting, nothing remembered that could go stale."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from typing import Final

from app.engine_words import translated
from app.words import mark, tr
from engine.features.hints import Hint
from engine.pipeline.listener import PipelineState
from engine.types import NANOSECONDS, Activity, Candidate, Prediction, SignEvent

NOT_SURE_FOR_NS: Final = 4 * NANOSECONDS
"""How long, in stream time, the state speaks of a sign that was not recognised."""


class Situation(StrEnum):
    """What the application is doing; exactly one at any time, and always shown."""

    NO_CAMERA = "no camera"
    CAMERA_LOST = "camera lost"
    STOPPED = "stopped"
    OPENING = "opening"
    FAILED = "failed"
    ENDED = "ended"
    WARMING_UP = "warming up"
    NO_MODEL = "no model"
    NOBODY = "nobody in view"
    NO_HANDS = "no hands"
    IDLE = "idle"
    SIGNING = "signing"
    NOT_SURE = "not sure"


class Tone(Enum):
    """How a situation is coloured, beside its words."""

    QUIET = auto()
    LIVE = auto()
    CAUTION = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that is known about what plays and with which model.

    Attributes:
        playing: the user wants something to play.
        camera_missing: there was no camera to play.
        camera_lost: the camera was pulled out, and is played again as soon as it is back.
        pipeline: where the pipeline of the present run stands.
        source: how to call the source in the window; None until it is known.
        failure: what ended the run, in one line.
        model: name of the model in use.
        model_loading: another one is on its way.
        threshold: below it the model in use abstains.
        lesson: name of the lesson whose signs alone are recognised; None where all are.
        time_ns: stream time of the newest update.
        activity: what the signer is doing.
        prediction: the newest of the sign under way.
        last_event: the newest sign event of the run.
        hint: what the signer could do to be seen better.
    """

    playing: bool = False
    camera_missing: bool = False
    camera_lost: bool = False
    pipeline: PipelineState = PipelineState.NEW
    source: str | None = None
    failure: str | None = None
    model: str | None = None
    model_loading: bool = False
    threshold: float = 0.0
    lesson: str | None = None
    time_ns: int = 0
    activity: Activity | None = None
    prediction: Prediction | None = None
    last_event: SignEvent | None = None
    hint: Hint | None = None

    @property
    def delivers(self) -> bool:
        """Pictures come, or are about to; while a camera is waited for, something plays, but none comes."""
        return self.playing and not self.camera_lost


@dataclass(frozen=True, slots=True)
class Status:
    """The state line.

    Attributes:
        headline: the state in a few words.
        hint: what it means or what to do about it; may be empty.
        advises: the hint is one for the signer, who could be seen better.
    """

    situation: Situation
    tone: Tone
    headline: str
    hint: str
    advises: bool = False


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The candidates as they are shown.

    Attributes:
        title: whose candidates they are.
        verdict: in words whether the best one is accepted; empty where there is nothing to judge.
        sure: the best one is accepted.
        candidates: best first.
        threshold: probability from which one is accepted.
    """

    title: str
    verdict: str
    sure: bool
    candidates: tuple[Candidate, ...]
    threshold: float


def situation(facts: Facts) -> Situation:
    """Return what the application is doing."""
    if facts.camera_missing:
        return Situation.NO_CAMERA
    if facts.camera_lost:
        return Situation.CAMERA_LOST
    if facts.pipeline is PipelineState.FAILED:
        return Situation.FAILED
    if facts.pipeline is PipelineState.ENDED:
        return Situation.ENDED
    if not facts.playing:
        return Situation.STOPPED
    if facts.pipeline in (PipelineState.NEW, PipelineState.OPENING):
        return Situation.OPENING
    if facts.pipeline is PipelineState.WARMING_UP:
        return Situation.WARMING_UP
    if facts.model is None:
        return Situation.WARMING_UP if facts.model_loading else Situation.NO_MODEL
    return _signer_situation(facts)


def _signer_situation(facts: Facts) -> Situation:
    match facts.activity:
        case None:
            return Situation.WARMING_UP
        case Activity.SIGNING:
            return Situation.SIGNING
        case Activity.NOBODY:
            return Situation.NOBODY
    if _was_not_sure(facts):
        return Situation.NOT_SURE
    return Situation.NO_HANDS if facts.activity is Activity.NO_HANDS else Situation.IDLE


def _was_not_sure(facts: Facts) -> bool:
    event = facts.last_event
    return event is not None and event.gloss is None and facts.time_ns - event.emitted_ns < NOT_SURE_FOR_NS


def status(facts: Facts) -> Status:
    """Return the state line for these facts."""
    now = situation(facts)
    headline, explanation = _WORDS[now]
    hint = tr(explanation)
    source = tr("this source") if facts.source is None else translated(facts.source)
    if now is Situation.FAILED and facts.failure:
        hint = translated(facts.failure)
    elif now is Situation.WARMING_UP and facts.pipeline is PipelineState.RUNNING:
        hint = tr("The model is being loaded.")
    elif facts.model_loading and facts.model is not None and now in _WITH_SIGNER:
        hint = tr("Another model is being loaded; {model} stays in use until then.", model=facts.model)
    advises = facts.hint is not None and now in _WITH_SIGNER
    if facts.hint is not None and advises:
        hint = tr(_BLACK if now is Situation.NOBODY and facts.hint is Hint.TOO_DARK else _HINTS[facts.hint])
    return Status(now, _TONES.get(now, Tone.QUIET), tr(headline, source=source), hint, advises)


def shortlist(facts: Facts) -> Shortlist:
    """Return the candidates: of the sign under way, otherwise of the last one."""
    if facts.activity is Activity.SIGNING and facts.prediction is not None and not facts.pipeline.final:
        sure = not facts.prediction.rejected
        verdict = _accepted(facts) if sure else _unsure(facts, facts.prediction.candidates, tr("Not sure yet"))
        return Shortlist(_of_lesson(tr("Now"), facts), verdict, sure, facts.prediction.candidates, facts.threshold)
    if facts.last_event is not None and facts.last_event.candidates:
        sure = facts.last_event.gloss is not None
        closest = tr("Not sure. Closest:")
        verdict = _accepted(facts) if sure else _unsure(facts, facts.last_event.candidates, closest)
        title = _of_lesson(tr("Last sign"), facts)
        return Shortlist(title, verdict, sure, facts.last_event.candidates, facts.threshold)
    return Shortlist(_of_lesson(tr("Candidates"), facts), "", False, (), facts.threshold)


def _accepted(facts: Facts) -> str:
    return tr("Accepted from {threshold}", threshold=percent(facts.threshold))


def _unsure(facts: Facts, candidates: Sequence[Candidate], usually: str) -> str:
    """Say why nothing is named; the best signs of a lesson may all together be less likely than others."""
    likely = sum(candidate.probability for candidate in candidates) >= facts.threshold
    return usually if facts.lesson is None or likely else tr("Hardly a sign of the lesson")


def _of_lesson(title: str, facts: Facts) -> str:
    return title if facts.lesson is None else f"{title} · {facts.lesson}"


def percent(probability: float) -> str:
    """Return a probability as people read it; 100 % is kept for certainty and 0 % for impossibility."""
    whole = round(probability * 100)
    if whole == 0 and probability > 0:
        return "<1 %"
    if whole == 100 and probability < 1:
        return ">99 %"
    return f"{whole} %"


def clock_time(time_ns: int) -> str:
    """Return stream time as minutes and seconds, with hours where there are any."""
    minutes, seconds = divmod(time_ns // NANOSECONDS, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


_WORDS: Final = {
    Situation.NO_CAMERA: (mark("No camera found"), mark("Plug one in, or look at the demo or at a file.")),
    Situation.CAMERA_LOST: (
        mark("Camera lost"),
        mark("Waiting for it to come back: plug it in again, and it goes on by itself."),
    ),
    Situation.STOPPED: (mark("Stopped"), mark("Press Start to begin.")),
    Situation.OPENING: (mark("Opening {source}"), mark("One moment.")),
    Situation.FAILED: (mark("Cannot show {source}"), mark("Choose another source, or press Start to try again.")),
    Situation.ENDED: (mark("End of {source}"), mark("Press Start to play it again.")),
    Situation.WARMING_UP: (mark("Warming up"), mark("Getting ready to follow the signer's hands.")),
    Situation.NO_MODEL: (mark("No model"), mark("The picture is live, but signs are not named. Choose a model.")),
    Situation.NOBODY: (mark("Nobody in view"), mark("Step into the picture: head, shoulders and hands.")),
    Situation.NO_HANDS: (mark("No hands in view"), mark("Raise your hands into the picture to sign.")),
    Situation.IDLE: (mark("Idle"), mark("Hands at rest. Make a sign whenever you like.")),
    Situation.SIGNING: (mark("Signing"), mark("Watching your hands.")),
    Situation.NOT_SURE: (mark("Not sure"), mark("No sign came close enough. Try it once more.")),
}
_HINTS: Final = {
    Hint.TOO_DARK: mark("Too dark: your hands are lost. More light from the front helps."),
    Hint.TOO_NEAR: mark("Step back: your hands and elbows need room in the picture."),
    Hint.HANDS_LEAVE: mark("Step back: your hands leave the picture."),
    Hint.TOO_FAR: mark("Come nearer: your hands are too small to be read."),
    Hint.OFF_CENTRE: mark("Move to the middle of the picture."),
    Hint.HANDS_LOST: mark("Your hands are lost: more light, or slower movements, may help."),
}
_BLACK: Final = mark("Too dark to see anybody: is there light, and is the camera uncovered?")
_TONES: Final = {
    Situation.NO_CAMERA: Tone.CAUTION,
    Situation.CAMERA_LOST: Tone.CAUTION,
    Situation.FAILED: Tone.CAUTION,
    Situation.NO_MODEL: Tone.CAUTION,
    Situation.NOT_SURE: Tone.CAUTION,
    Situation.SIGNING: Tone.LIVE,
}
_WITH_SIGNER: Final = {
    Situation.NOBODY,
    Situation.NO_HANDS,
    Situation.IDLE,
    Situation.SIGNING,
    Situation.NOT_SURE,
}

assert set(_WORDS) == set(Situation)
assert set(_HINTS) == set(Hint)
