from itertools import takewhile

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from engine.joints import JOINTS, LEFT_HAND, RIGHT_HAND, RIGHT_WRIST
from engine.models.folder import load_model, resolve_model
from engine.pipeline.recognition import SignStream
from engine.recognition.mirroring import MirroredStream, mirrored
from engine.recognition.recogniser import Recogniser
from engine.recognition.stream import StreamRecogniser
from engine.sources.demo import DemoSource
from engine.types import NANOSECONDS, Keypoints, SignEvent

SIZE = (640, 480)


def test_left_becomes_right_on_the_other_side_of_the_picture() -> None:
    joints = np.zeros((JOINTS, 3), np.float32)
    joints[RIGHT_WRIST] = 100, 200, 0.9
    joints[RIGHT_HAND] = 110, 210, 1

    seen = mirrored(Keypoints(joints, 5, SIZE))

    assert seen.joints[RIGHT_WRIST - 1].tolist() == [540, 200, pytest.approx(0.9)]
    assert (seen.joints[LEFT_HAND] == (530, 210, 1)).all()
    assert not seen.joints[RIGHT_HAND].any()
    assert (seen.time_ns, seen.size) == (5, SIZE)


@given(arrays(np.float32, (JOINTS, 3), elements=st.integers(0, 480).map(float)))
def test_a_mirror_image_of_a_mirror_image_is_the_original(joints: np.ndarray) -> None:
    joints[joints[:, 2] == 0] = 0
    joints.setflags(write=False)

    assert (mirrored(mirrored(Keypoints(joints, 0, SIZE))).joints == joints).all()


def test_a_mirrored_signer_gives_the_same_events() -> None:
    with DemoSource() as demo:
        short = takewhile(lambda frame: frame.time_ns < 8 * NANOSECONDS, demo)
        right_handed = [frame.keypoints for frame in short if frame.keypoints is not None]
    recogniser = Recogniser(load_model(resolve_model(None)))

    expected = decode(StreamRecogniser(recogniser), right_handed)
    left_handed = decode(MirroredStream(StreamRecogniser(recogniser)), [mirrored(seen) for seen in right_handed])

    assert len(expected) >= 1
    assert [facts(event) for event in left_handed] == [facts(event) for event in expected]
    assert [event.probability for event in left_handed] == pytest.approx(
        [event.probability for event in expected], abs=1e-3
    )


def decode(stream: SignStream, keypoints: list[Keypoints]) -> list[SignEvent]:
    announced = [event for seen in keypoints for event in stream.push(seen).events]
    return [*announced, *stream.finish()]


def facts(event: SignEvent) -> tuple[str | None, int, int, int]:
    return event.gloss, event.start_ns, event.end_ns, event.emitted_ns
