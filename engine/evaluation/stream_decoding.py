"""Running the live recogniser over streams of known truth."""

from collections.abc import Iterable

from engine.evaluation.stream_metrics import Label, Outcome
from engine.evaluation.streams.truth import LabelledStream
from engine.recognition.recogniser import Recogniser
from engine.recognition.stream import StreamRecogniser
from engine.types import Prediction, SignEvent


def decode_streams(recogniser: Recogniser, streams: Iterable[LabelledStream]) -> list[Outcome]:
    """Push every frame of every stream, as the live window does, and keep what was said; each stream begins anew."""
    return [_decode(StreamRecogniser(recogniser), stream) for stream in streams]


def _decode(recogniser: StreamRecogniser, stream: LabelledStream) -> Outcome:
    events: list[SignEvent] = []
    labels: list[Label] = []
    for keypoints in stream.keypoints():
        update = recogniser.push(keypoints)
        events += update.events
        if update.prediction is not None:
            labels.append(Label(update.time_ns, _shown(update.prediction)))
    events += recogniser.finish()
    return Outcome(segments=stream.segments, events=tuple(events), labels=tuple(labels))


def _shown(prediction: Prediction) -> str | None:
    return None if prediction.rejected or not prediction.candidates else prediction.candidates[0].gloss
