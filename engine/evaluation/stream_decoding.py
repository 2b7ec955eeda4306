"""What a live recogniser says of streams of known truth."""

from collections.abc import Iterable, Iterator

from engine.data.streams.truth import LabelledStream, Segment
from engine.evaluation.stream_metrics import Label, Outcome
from engine.pipeline.recognition import closing_update
from engine.recognition.recogniser import Recogniser
from engine.recognition.stream import StreamRecogniser
from engine.types import Prediction, SignEvent, StreamUpdate


def decode_streams(recogniser: Recogniser, streams: Iterable[LabelledStream]) -> list[Outcome]:
    """Push every frame of every stream, as the live window does, and keep what was said; each stream begins anew."""
    return [gather_outcome(stream.segments, _updates(StreamRecogniser(recogniser), stream)) for stream in streams]


def gather_outcome(segments: tuple[Segment, ...], updates: Iterable[StreamUpdate]) -> Outcome:
    """Keep what the updates of a whole stream say beside its truth."""
    events: list[SignEvent] = []
    labels: list[Label] = []
    for update in updates:
        events += update.events
        if update.prediction is not None:
            labels.append(Label(update.time_ns, _shown(update.prediction)))
    return Outcome(segments=segments, events=tuple(events), labels=tuple(labels))


def _updates(recogniser: StreamRecogniser, stream: LabelledStream) -> Iterator[StreamUpdate]:
    update = None
    for keypoints in stream.keypoints():
        update = recogniser.push(keypoints)
        yield update
    if update is not None and (closing := closing_update(recogniser, update)) is not None:
        yield closing


def _shown(prediction: Prediction) -> str | None:
    return None if prediction.rejected or not prediction.candidates else prediction.candidates[0].gloss
