import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.joints import JOINTS
from engine.pipeline.picture import SLOW_MS, PictureFeed
from engine.types import Frame, Keypoints

QUICK, SLOW = SLOW_MS / 2, SLOW_MS * 2
FRAMES = [Frame(image=np.zeros((2, 2, 3), np.uint8), time_ns=index * 33, index=index) for index in range(40)]
KEYPOINTS = [
    Keypoints(joints=np.zeros((JOINTS, 3), np.float32), time_ns=frame.time_ns, size=(2, 2)) for frame in FRAMES
]


class Window:
    """Remembers what was shown as pairs of picture number and skeleton number."""

    def __init__(self) -> None:
        self.shown: list[tuple[int, int | None]] = []
        self.feed = PictureFeed(self.show)

    def show(self, frame: Frame, keypoints: Keypoints | None) -> None:
        self.shown.append((frame.index, None if keypoints is None else keypoints.time_ns // 33))

    def captured(self, index: int) -> None:
        self.feed.captured(FRAMES[index])

    def processed(self, index: int, keypoint_ms: float) -> None:
        self.feed.processed(FRAMES[index], KEYPOINTS[index], keypoint_ms=keypoint_ms)


def test_pictures_go_on_before_the_first_keypoints_are_known() -> None:
    window = Window()
    for index in range(3):
        window.captured(index)
    assert window.shown == [(0, None), (1, None), (2, None)]


def test_quick_keypoints_show_every_processed_picture_with_its_own_skeleton() -> None:
    window = Window()
    for index in range(4):
        window.captured(index)
        window.processed(index, QUICK)
    assert window.shown == [(0, None), (0, 0), (1, 1), (2, 2), (3, 3)]


def test_slow_keypoints_show_every_captured_picture_with_the_newest_skeleton() -> None:
    window = Window()
    for index in range(4):
        window.captured(index)
    window.processed(0, SLOW)
    window.captured(4)
    window.captured(5)
    window.processed(4, SLOW)
    window.captured(6)
    assert window.shown == [(0, None), (1, None), (2, None), (3, None), (4, 0), (5, 0), (6, 4)]


def test_the_last_picture_of_a_slow_source_gets_its_own_skeleton_in_the_end() -> None:
    window = Window()
    window.captured(0)
    window.processed(0, SLOW)
    window.captured(1)
    window.processed(1, SLOW)
    assert window.shown[-1] == (1, 1)


@given(steps=st.lists(st.tuples(st.booleans(), st.sampled_from([QUICK, SLOW])), max_size=80))
def test_no_picture_is_ever_older_than_the_one_before(steps: list[tuple[bool, float]]) -> None:
    window = Window()
    captured = processed = 0
    for capture, keypoint_ms in steps:
        if capture and captured < len(FRAMES):
            window.captured(captured)
            captured += 1
        elif processed < captured:
            window.processed(processed, keypoint_ms)
            processed += 1
    pictures = [picture for picture, _ in window.shown]
    assert pictures == sorted(pictures)
    assert all(skeleton is None or skeleton <= picture for picture, skeleton in window.shown)
