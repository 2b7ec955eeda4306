"""From probabilities to stretches, and from keypoints to probabilities."""

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import UserFacingError
from engine.features.batch import collate
from engine.features.model_input import InputSpec, model_input
from engine.models.segmenter import (
    Segmenter,
    SegmenterConfig,
    TrainedSegmenter,
    features,
    load_segmenter,
    save_segmenter,
)
from engine.recognition.segmentation import LONGEST_NS, StreamSegmenter, StretchCutter
from engine.types import NANOSECONDS, Keypoints
from tests.engine.signers import sign

FRAME_NS = NANOSECONDS // 20
CONFIG = SegmenterConfig(width=8, kernel=3, dilations=(1, 2), ahead=2, input=InputSpec(rate=20.0))


@pytest.fixture
def trained() -> TrainedSegmenter:
    torch.manual_seed(0)
    return TrainedSegmenter(Segmenter(CONFIG).eval(), begin=0.5, end=0.4)


@given(
    st.lists(st.tuples(st.floats(0, 1), st.integers(1, 120)), max_size=20).map(
        lambda held: [probability for probability, frames in held for _ in range(frames)]
    )
)
def test_stretches_follow_one_another_and_none_is_too_long(probabilities: list[float]) -> None:
    cutter = StretchCutter(begin=0.6, end=0.4)
    found = [cutter.push(probability, frame * FRAME_NS) for frame, probability in enumerate(probabilities)]
    stretches = [stretch for stretch in (*found, cutter.finish()) if stretch]
    for stretch in stretches:
        assert 0 <= stretch.duration_ns <= LONGEST_NS
        inside = probabilities[stretch.start_ns // FRAME_NS : stretch.end_ns // FRAME_NS + 1]
        assert inside[0] >= (0.4 if stretch.continues else 0.6)
        assert min(inside) >= 0.4
    for one, other in pairwise(stretches):
        assert one.end_ns < other.start_ns
        assert other.continues == (other.start_ns - one.end_ns == FRAME_NS)


def test_a_stretch_goes_on_between_the_two_thresholds() -> None:
    cutter = StretchCutter(begin=0.6, end=0.4)
    found = [cutter.push(probability, frame * FRAME_NS) for frame, probability in enumerate((0.5, 0.7, 0.5, 0.3, 0.5))]
    ended = [stretch for stretch in found if stretch]
    assert [(stretch.start_ns, stretch.end_ns) for stretch in ended] == [(FRAME_NS, 2 * FRAME_NS)]
    assert cutter.signing is None


def test_frame_by_frame_it_answers_as_over_the_whole_stream(
    trained: TrainedSegmenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = sign(rest=20, raised=40)
    span = 0, int(clip.times_ns[-1])
    whole = model_input(collate([clip], [span]), InputSpec(frames=64, rate=20.0))
    frames = int(whole.frames_present.sum())
    expected = torch.sigmoid(trained.network.answer(features(whole)[:, :frames]))[0]

    pushed: list[tuple[float, int]] = []
    monkeypatch.setattr(StretchCutter, "push", lambda _, probability, time_ns: pushed.append((probability, time_ns)))
    segmenter = StreamSegmenter(trained)
    for joints, time in zip(clip.joints, clip.times_ns, strict=True):
        segmenter.push(Keypoints(joints, int(time), clip.size))
    assert [time for _, time in pushed] == [frame * FRAME_NS for frame in range(frames - CONFIG.ahead)]
    assert np.allclose([probability for probability, _ in pushed], expected.detach().numpy(), atol=1e-5)


def test_it_takes_one_thread_and_leaves_the_others_as_they_were(trained: TrainedSegmenter) -> None:
    used: list[int] = []
    trained.network.embedding.register_forward_pre_hook(lambda *_: used.append(torch.get_num_threads()))
    segmenter = StreamSegmenter(trained)
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        for joints, time in zip(sign().joints, sign().times_ns, strict=True):
            segmenter.push(Keypoints(joints, int(time), sign().size))
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)
    assert set(used) == {1}


def test_a_segmenter_comes_back_as_it_was_saved(trained: TrainedSegmenter, tmp_path: Path) -> None:
    save_segmenter(tmp_path / "segmenter", trained)
    loaded = load_segmenter(tmp_path / "segmenter")
    assert (loaded.begin, loaded.end, loaded.network.config) == (trained.begin, trained.end, CONFIG)
    vectors = torch.randn(1, 30, 107)
    torch.testing.assert_close(loaded.network.answer(vectors), trained.network.answer(vectors), atol=1e-2, rtol=1e-2)


@pytest.mark.parametrize(("name", "value"), [("begin", 0.1), ("format", 7), ("segmenter", {"width": 10**9})])
def test_a_segmenter_that_makes_no_sense_is_refused(
    trained: TrainedSegmenter, tmp_path: Path, name: str, value: object
) -> None:
    save_segmenter(tmp_path, trained)
    config = json.loads((tmp_path / "config.json").read_text())
    (tmp_path / "config.json").write_text(json.dumps(config | {name: value}))
    with pytest.raises(UserFacingError, match="cannot be used"):
        load_segmenter(tmp_path)


def test_the_segmenter_that_ships_finds_the_sign_between_two_rests() -> None:
    clip = sign(rest=25, raised=30)
    segmenter = StreamSegmenter(load_segmenter())
    stretches = [
        stretch
        for joints, time in zip(clip.joints, clip.times_ns, strict=True)
        for stretch in segmenter.push(Keypoints(joints, int(time), clip.size))
    ]
    assert len(stretches) == 1
    assert abs(stretches[0].start_ns - NANOSECONDS) < 0.3 * NANOSECONDS
    assert abs(stretches[0].end_ns - 2.2 * NANOSECONDS) < 0.3 * NANOSECONDS
