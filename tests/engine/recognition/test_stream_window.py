"""Frames that were embedded once give what embedding the whole stretch gives."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import cycle, repeat

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.features.model_input import InputSpec
from engine.models.classifier import Classified, SignClassifier
from engine.models.config import EncoderConfig, ModelConfig
from engine.models.embedding import PartVectors
from engine.models.folder import Calibration, TrainedModel
from engine.models.place import PlaceConfig
from engine.recognition.recogniser import Recogniser
from engine.recognition.stream import StreamRecogniser
from engine.types import NANOSECONDS, KeypointClip, Keypoints, SignEvent
from tests.engine.signers import sign

SPEC = InputSpec(frames=16, rate=20.0)
TINY = EncoderConfig(joint_widths=(4,), part_width=8, heads=2, blocks=1, feed_forward=8)
ENCODER_ALONE = ModelConfig(TINY, classes=5, input=SPEC)
AS_SHIPPED = ModelConfig(
    TINY,
    classes=5,
    input=replace(SPEC, own_torso=False),
    place=PlaceConfig(width=8, blocks=2, heads=2, feed_forward=8),
    background=1,
)


class OpenRecogniser(Recogniser):
    """Keeps what its network said last."""

    judged: Classified

    def classified(self, parts: PartVectors) -> Classified:
        self.judged = super().classified(parts)
        return self.judged


@pytest.fixture(scope="module", params=[ENCODER_ALONE, AS_SHIPPED], ids=["encoder alone", "as shipped"])
def recogniser(request: pytest.FixtureRequest) -> OpenRecogniser:
    torch.manual_seed(0)
    config: ModelConfig = request.param
    network = SignClassifier(config).eval()
    return OpenRecogniser(TrainedModel("tiny", tuple("abcde"), config.input, Calibration(), network))


def recording(rate: int) -> KeypointClip:
    clip = sign(rest=rate // 2, raised=3 * rate)
    return KeypointClip(clip.joints, np.arange(len(clip), dtype=np.int64) * NANOSECONDS // rate, clip.size)


@settings(max_examples=25, deadline=None)
@given(
    rate=st.sampled_from((12, 25, 30)),
    # Where windows begin and how long they last, in seconds; each ends when it is asked for.
    windows=st.lists(st.tuples(st.floats(0.0, 2.5), st.floats(0.05, 1.6)), min_size=1, max_size=12),
)
def test_cached_frames_answer_as_the_whole_stretch_does(
    recogniser: OpenRecogniser, rate: int, windows: list[tuple[float, float]]
) -> None:
    clip = recording(rate)
    window = recogniser.stream_window()
    spans = sorted(((begin, begin + length) for begin, length in windows), key=lambda span: span[1])
    frames = iter(zip(clip.joints, clip.times_ns, strict=True))
    newest = -1
    for begin, end in spans:
        span = (round(begin * NANOSECONDS), min(round(end * NANOSECONDS), int(clip.times_ns[-1])))
        while newest < span[1]:
            joints, newest = next(frames)
            window.push(Keypoints(joints, int(newest), clip.size))
        cached, of_cached = window.predict(span, top=5), recogniser.judged
        whole, of_whole = recogniser.predict(clip, span=span, top=5), recogniser.judged
        torch.testing.assert_close(of_cached.streams, of_whole.streams, rtol=0, atol=1e-5)
        torch.testing.assert_close(of_cached.logits, of_whole.logits, rtol=0, atol=1e-5)
        found = {candidate.gloss: candidate.probability for candidate in cached.candidates}
        assert set(found) == set("abcde")
        assert found == pytest.approx({each.gloss: each.probability for each in whole.candidates}, abs=1e-5)
        assert cached.rejected == whole.rejected


def test_a_new_window_embeds_only_its_new_frames(recogniser: Recogniser, monkeypatch: pytest.MonkeyPatch) -> None:
    embedded: list[int] = []
    embed = Recogniser.embed

    def counting(self: Recogniser, batch: object, *, frames: int | None = None) -> object:
        assert frames is not None
        embedded.append(frames)
        return embed(self, batch, frames=frames)  # type: ignore[arg-type]

    monkeypatch.setattr(Recogniser, "embed", counting)
    window = recogniser.stream_window()
    clip = recording(25)
    for joints, time in zip(clip.joints[:50], clip.times_ns[:50], strict=True):
        window.push(Keypoints(joints, int(time), clip.size))
        if time >= NANOSECONDS // 2:
            window.predict((int(time) - NANOSECONDS // 2, int(time)))
    assert embedded[0] == 10
    assert sum(embedded) == 39
    assert max(embedded[1:]) == 1


@settings(max_examples=10, deadline=None)
@given(busy=st.lists(st.booleans(), min_size=1, max_size=7))
def test_events_are_the_same_to_the_last_digit_however_busy_the_machine_is(
    recogniser: Recogniser, busy: list[bool]
) -> None:
    clip = sign(rest=15, raised=40)

    def events(late: Iterable[bool]) -> list[SignEvent]:
        stream = StreamRecogniser(recogniser)
        updates = [
            stream.push(Keypoints(joints, int(time_ns), clip.size), predict=not each)
            for joints, time_ns, each in zip(clip.joints, clip.times_ns, late, strict=False)
        ]
        return [*(event for update in updates for event in update.events), *stream.finish()]

    assert events(cycle(busy)) == events(repeat(False)) != []


def test_a_cleared_window_knows_nothing_of_the_stream_before(recogniser: Recogniser) -> None:
    window = recogniser.stream_window()
    clip = recording(25)
    span = (int(clip.times_ns[-1]) - NANOSECONDS, int(clip.times_ns[-1]) - NANOSECONDS // 2)
    answers = []
    for joints in (clip.joints, clip.joints[::-1]):
        for shown, time in zip(joints, clip.times_ns, strict=True):
            window.push(Keypoints(shown, int(time), clip.size))
        answers.append(window.predict(span))
        window.clear()
    backwards = KeypointClip(clip.joints[::-1].copy(), clip.times_ns, clip.size)
    assert answers[1].candidates[0].probability == pytest.approx(
        recogniser.predict(backwards, span=span).candidates[0].probability, abs=1e-5
    )
    assert answers[0].candidates != answers[1].candidates


def test_streams_have_a_threshold_of_their_own(recogniser: Recogniser) -> None:
    network = recogniser._model.network
    calibration = Calibration(threshold=0.0, stream_threshold=1.0)
    strict = Recogniser(TrainedModel("tiny", tuple("abcde"), recogniser.input, calibration, network))
    window = strict.stream_window()
    clip = recording(25)
    for joints, time in zip(clip.joints, clip.times_ns, strict=True):
        window.push(Keypoints(joints, int(time), clip.size))
    span = (int(clip.times_ns[-1]) - NANOSECONDS, int(clip.times_ns[-1]) - NANOSECONDS // 2)
    assert window.predict(span).rejected
    assert not strict.predict(clip, span=span).rejected
