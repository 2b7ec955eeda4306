"""MediaPipe Holistic against Pose + Hands: time a frame, hands found, agreement with the training data.

    python -m benchmarks.compare_extractors --clips CLIPS --data DATA

CLIPS holds videos named GLOSS_VIDEOID.mp4 and DATA wlasl100_holistic.npz, which knows their landmarks. What came of
it: docs/EXPERIMENTS.md, docs/decisions.md.
"""

import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from benchmarks.bad_input import command_line, run, videos_in
from engine import joints as joint_map
from engine.data.landmarks import (
    COORDINATE_SCALE,
    HOLISTIC_LEFT_HAND,
    HOLISTIC_RIGHT_HAND,
    MISSING,
    clip_frames,
)
from engine.data.wlasl import read_holistic_100
from engine.errors import UserFacingError
from engine.joints import BODY
from engine.keypoints.holistic import live_extractor
from engine.keypoints.layout import HOLISTIC_POSE_JOINTS
from engine.sources.video import VideoSource
from engine.spread import spread
from engine.types import Frame, Image

os.environ.setdefault("GLOG_minloglevel", "2")
import mediapipe

Points = npt.NDArray[np.float32]

PARTS: Final = (slice(0, HOLISTIC_POSE_JOINTS), HOLISTIC_LEFT_HAND, HOLISTIC_RIGHT_HAND)
"""Where the reference keeps its landmarks."""
LEFT_WRIST, RIGHT_WRIST = 15, 16
UPPER_BODY: Final = [0, 11, 12, 13, 14, 15, 16]
"""MediaPipe Pose's numbers."""


class Landmarks(NamedTuple):
    """Points of one frame in shares of the picture's width and height, (33, 2) and (21, 2); None: not found."""

    pose: Points | None
    left_hand: Points | None
    right_hand: Points | None


class Candidate(Protocol):
    """Finds landmarks in successive RGB pictures."""

    def __call__(self, image: Image) -> Landmarks: ...


class Holistic:
    """Searches each hand around the wrist of its arm."""

    def __init__(self) -> None:
        self._holistic: Any = mediapipe.solutions.holistic.Holistic(model_complexity=1)

    def __call__(self, image: Image) -> Landmarks:
        found = self._holistic.process(image)
        return Landmarks(
            _points(found.pose_landmarks), _points(found.left_hand_landmarks), _points(found.right_hand_landmarks)
        )


class Live:
    """Holistic, looking for hands and body at once, as the live pipeline does."""

    def __init__(self) -> None:
        self._extractor = live_extractor()

    def __call__(self, image: Image) -> Landmarks:
        joints = self._extractor(Frame(np.ascontiguousarray(image[..., ::-1]), time_ns=0, index=0)).joints
        height, width = image.shape[:2]
        points = joints[:, :2] / np.array([width, height], np.float32)
        pose = np.zeros((33, 2), np.float32)
        pose[UPPER_BODY] = points[BODY]
        seen = [bool(joints[part.start, 2]) for part in (BODY, joint_map.LEFT_HAND, joint_map.RIGHT_HAND)]
        left, right = points[joint_map.LEFT_HAND], points[joint_map.RIGHT_HAND]
        return Landmarks(*(part if found else None for part, found in zip((pose, left, right), seen, strict=True)))


class PoseAndHands:
    """Searches hands anywhere and gives each to the nearer wrist."""

    def __init__(self, *, hand_complexity: int) -> None:
        self._pose: Any = mediapipe.solutions.pose.Pose(model_complexity=1)
        self._hands: Any = mediapipe.solutions.hands.Hands(model_complexity=hand_complexity, max_num_hands=2)

    def __call__(self, image: Image) -> Landmarks:
        pose = _points(self._pose.process(image).pose_landmarks)
        hands = [_points(hand) for hand in self._hands.process(image).multi_hand_landmarks or ()]
        return Landmarks(pose, *_assign(pose, [hand for hand in hands if hand is not None]))


def _assign(pose: Points | None, hands: list[Points]) -> tuple[Points | None, Points | None]:
    if pose is None or not hands:
        return None, None
    wrists = pose[[LEFT_WRIST, RIGHT_WRIST]]
    distances = [np.linalg.norm(wrists - hand[0], axis=1) for hand in hands]
    if len(hands) == 1:
        return (hands[0], None) if distances[0][0] <= distances[0][1] else (None, hands[0])
    straight = distances[0][0] + distances[1][1] <= distances[0][1] + distances[1][0]
    return (hands[0], hands[1]) if straight else (hands[1], hands[0])


def _points(landmarks: Any) -> Points | None:
    return np.array([(point.x, point.y) for point in landmarks.landmark], np.float32) if landmarks else None


class Reference:
    """The landmarks that the model is trained on."""

    def __init__(self, source: Path) -> None:
        self._source = source
        fields = read_holistic_100(source)
        self._xyz = fields["xyz"]
        self._frames = dict(zip(map(str, fields["video_id"]), clip_frames(fields), strict=True))

    def frames(self, video_id: str) -> Iterator[Landmarks]:
        """Yield the landmarks of each frame of a video; `UserFacingError` where it is not among them."""
        if video_id not in self._frames:
            raise UserFacingError(f"{self._source} has no landmarks of video {video_id}: leave it out of --clips.")
        for frame in self._xyz[self._frames[video_id]]:
            yield Landmarks(*(self._part(frame[part]) for part in PARTS))

    @staticmethod
    def _part(points: npt.NDArray[np.int16]) -> Points | None:
        return None if points[0, 0] == MISSING else points[:, :2].astype(np.float32) / COORDINATE_SCALE


@dataclass(slots=True)
class Tally:
    """What is counted over all frames; distances are the largest of a part's points, in shares of the picture."""

    milliseconds: list[float] = field(default_factory=list)
    hands: list[tuple[bool, bool]] = field(default_factory=list)
    presence_agrees: list[bool] = field(default_factory=list)
    hand_distances: list[float] = field(default_factory=list)
    body_distances: list[float] = field(default_factory=list)

    def add(self, found: Landmarks, expected: Landmarks, *, milliseconds: float) -> None:
        """Count one frame."""
        self.milliseconds.append(milliseconds)
        self.hands.append((found.left_hand is not None, found.right_hand is not None))
        for hand, expected_hand in zip(found[1:], expected[1:], strict=True):
            self.presence_agrees.append((hand is None) == (expected_hand is None))
            if hand is not None and expected_hand is not None:
                self.hand_distances.append(float(np.abs(hand - expected_hand).max()))
        if found.pose is not None and expected.pose is not None:
            self.body_distances.append(float(np.abs(found.pose - expected.pose)[UPPER_BODY].max()))

    def summary(self) -> dict[str, float | None]:
        """Medians, 95th percentiles and shares; None where a part was never found."""
        left, right = np.mean(self.hands, axis=0)
        figures: dict[str, float | None] = {
            "frames": len(self.milliseconds),
            "left_found": left,
            "right_found": right,
            "hand_presence_agrees": float(np.mean(self.presence_agrees)),
        }
        for name, values in (
            ("ms", self.milliseconds),
            ("hand_distance", self.hand_distances),
            ("body_distance", self.body_distances),
        ):
            told = spread(values)
            figures[f"{name}_median"], figures[f"{name}_p95"] = (told.median, told.p95) if told else (None, None)
        return {name: None if figure is None else round(float(figure), 5) for name, figure in figures.items()}


CANDIDATES: Final[dict[str, Callable[[], Candidate]]] = {
    "holistic": Holistic,
    "holistic, hands and body at once": Live,
    "pose + hands (full)": lambda: PoseAndHands(hand_complexity=1),
    "pose + hands (lite)": lambda: PoseAndHands(hand_complexity=0),
}


def main() -> None:
    """Print one JSON line a candidate."""
    parser = command_line(__doc__)
    parser.add_argument("--clips", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    arguments = parser.parse_args()
    paths = videos_in(arguments.clips, "*_*.mp4")
    reference = Reference(arguments.data)
    for name, make in CANDIDATES.items():
        tally = Tally()
        for path in paths:
            _compare(path, make(), reference, tally)
        print(json.dumps({"extractor": name, **tally.summary()}), flush=True)


def _compare(path: Path, candidate: Candidate, reference: Reference, tally: Tally) -> None:
    """Run a fresh candidate over one video, because trackers remember."""
    with VideoSource(path) as source:
        for frame, expected in zip(source, reference.frames(path.stem.rpartition("_")[2]), strict=False):
            rgb = np.ascontiguousarray(frame.image[..., ::-1])
            began = time.perf_counter()
            found = candidate(rgb)
            tally.add(found, expected, milliseconds=(time.perf_counter() - began) * 1000)


if __name__ == "__main__":
    run(main)
