import numpy as np
import pytest

from engine.data.dataset import ClipDataset, LabelledClip
from engine.joints import LEFT_HAND, RIGHT_HAND, RIGHT_WRIST
from engine.training.prototypes import RATE, average_motion, average_signs
from engine.types import KeypointClip
from tests.engine.signers import SHOULDERS, WIDTH, clip_of, pose


def rising(frames: int, *, by: float = 1.0, bias: float = 0.0) -> KeypointClip:
    """The right hand rises from the belly to the chin in so many frames."""
    return clip_of([pose(right=1.0 + bias - by * step / (frames - 1)) for step in range(frames)])


def motion(clip: KeypointClip) -> np.ndarray:
    joints = clip.joints.copy()
    joints[..., :2] = (joints[..., :2] - SHOULDERS) / WIDTH
    joints[clip.joints[..., 2] == 0] = 0
    return joints


def test_signers_of_different_pace_average_to_the_motion_they_share() -> None:
    average = average_motion([motion(rising(frames)) for frames in (20, 25, 32)])
    heights = average[:, RIGHT_HAND.start, 1]
    assert len(average) in (20, 25, 32)
    assert heights[0] == pytest.approx(1.0, abs=0.1)
    assert heights[-1] == pytest.approx(0.0, abs=0.1)
    assert (np.diff(heights) <= 0.01).all()
    assert not average[:, LEFT_HAND].any()


def test_the_average_lies_between_the_signers_and_the_hand_hangs_on_the_arm() -> None:
    average = average_motion([motion(rising(25, bias=bias)) for bias in (-0.2, 0.0, 0.2)])
    assert average[12, RIGHT_HAND.start, 1] == pytest.approx(0.5, abs=0.1)
    assert np.allclose(average[:, RIGHT_HAND.start, :2], average[:, RIGHT_WRIST, :2], atol=0.02)


def test_glosses_with_too_few_clips_have_no_prototype() -> None:
    clips = [LabelledClip(rising(20 + copy), "eat", "train", "", str(copy)) for copy in range(3)]
    clips += [LabelledClip(rising(20 + copy), "go", "train", "", str(copy)) for copy in range(2)]
    (only,) = average_signs(ClipDataset(("eat", "go"), tuple(clips)))
    assert only.gloss == "eat"
    assert only.rate == RATE
