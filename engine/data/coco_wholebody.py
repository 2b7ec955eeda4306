"""COCO-WholeBody keypoints as MMPose writes them: 133 points a person and frame in one JSON file a video.

Which of the 133 become our 49 joints:

* nose, shoulders, elbows, wrists: body points 0, 5 and 6, 7 and 8, 9 and 10;
* left hand: points 91 to 111, right hand: points 112 to 132, in the same order as ours.

The file is what MMPose's demo saves, {"instance_info": [frame, ...]}, or its inferencer, [frame, ...]. A frame is
{"frame_id": number, "instances": [person, ...]} or a plain list of people; a person is {"keypoints": 133 times [x, y]
in pixels, "keypoint_scores": 133 numbers}. The frame rate is not in it, and the size of the picture is taken to be
the smallest that holds every joint found.
"""

import json
import math
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from engine.errors import UserFacingError
from engine.joints import BODY, JOINTS, LEFT_HAND, RIGHT_HAND
from engine.sources.files import require_file
from engine.sources.recording import LONGEST_SIDE
from engine.types import NANOSECONDS, JointArray, KeypointClip

POINTS: Final = 133
BODY_POINTS: Final = (0, 5, 6, 7, 8, 9, 10)
LEFT_HAND_POINTS: Final = slice(91, 112)
RIGHT_HAND_POINTS: Final = slice(112, 133)
LEFT_SHOULDER_POINT, RIGHT_SHOULDER_POINT = 5, 6
HAND_FOUND: Final = 0.4
"""A hand is found where the mean score of its points reaches this and each has one above 0; each of its joints then
has that mean as its confidence, since a hand is found whole or not at all: MMPose puts a point that it gives no score
into a corner of the person's box."""
SHOULDER_FOUND: Final = 0.4
MOST_FRAMES: Final = 10_000_000

Person = npt.NDArray[np.float64]
"""(133, 3): x, y, score 0..1."""


def load_wholebody(path: Path, *, rate: float) -> KeypointClip:
    """Read the most prominent person of a video.

    That is the one with the widest shoulders in any frame, followed from there to both ends; the other people of the
    video play no part.

    Args:
        path: the JSON file.
        rate: frames a second of the video.

    Raises:
        UserFacingError: the file is missing, damaged, something else, or shows nobody.
    """
    try:
        document = json.loads(require_file(path).read_text(encoding="utf-8"))
        frames = document["instance_info"] if isinstance(document, dict) else document
        numbers = [_frame_number(frame, position) for position, frame in enumerate(frames)]
        people = [[_person(found) for found in _instances(frame)] for frame in frames]
        if any(second <= first for first, second in pairwise(numbers)):
            raise ValueError("its frames are out of order")
    except (OSError, ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError) as error:
        raise UserFacingError(f"{path} is not a file of COCO-WholeBody keypoints, or it is damaged.") from error
    signer = follow_signer(people)
    if not any(person is not None for person in signer):
        raise UserFacingError(f"{path} cannot be used: it shows nobody's shoulders.")
    joints = np.stack([to_joints(person) for person in signer])
    seen = joints[..., 2] > 0
    width, height = (max(1, math.ceil(float(joints[..., axis][seen].max()))) for axis in (0, 1))
    times_ns = np.array([round((number - numbers[0]) * NANOSECONDS / rate) for number in numbers], np.int64)
    return KeypointClip(joints=joints, times_ns=times_ns, size=(width, height))


def to_joints(person: Person | None) -> JointArray:
    """Reorder a person's 133 points, or nobody's, to the 49 joints (49, 3)."""
    joints = np.zeros((JOINTS, 3), np.float32)
    if person is None:
        return joints
    joints[BODY] = person[list(BODY_POINTS)]
    for part, points in ((LEFT_HAND, LEFT_HAND_POINTS), (RIGHT_HAND, RIGHT_HAND_POINTS)):
        hand = person[points]
        if hand[:, 2].min() > 0 and (score := hand[:, 2].mean()) >= HAND_FOUND:
            joints[part, :2] = hand[:, :2]
            joints[part, 2] = score
    joints[joints[:, 2] == 0] = 0
    return joints


def follow_signer(frames: Sequence[Sequence[Person]]) -> list[Person | None]:
    """Who of each frame's people is the signer; None where that person is not seen.

    From one frame to the next nobody moves by more than the width of their shoulders.
    """
    candidates = [[person for person in people if _shoulder_width(person) > 0] for people in frames]
    chosen: list[Person | None] = [None] * len(frames)
    widest = [max(map(_shoulder_width, people), default=0.0) for people in candidates]
    if not any(widest):
        return chosen
    start = int(np.argmax(widest))
    first = max(candidates[start], key=_shoulder_width)
    for direction in (range(start, len(frames)), range(start, -1, -1)):
        last = first
        for frame in direction:
            near = min(candidates[frame], key=lambda person: _distance(person, last), default=None)
            if near is not None and _distance(near, last) <= _shoulder_width(last):
                chosen[frame] = last = near
    return chosen


def _frame_number(frame: Any, position: int) -> int:
    number = frame.get("frame_id", position) if isinstance(frame, dict) else position
    if type(number) is not int or abs(number) > MOST_FRAMES:
        raise ValueError("a frame's number makes no sense")
    return number


def _instances(frame: Any) -> list[Any]:
    return list(frame["instances"] if isinstance(frame, dict) else frame)


def _person(found: Any) -> Person:
    points = np.array(found["keypoints"], np.float64)
    scores = np.array(found["keypoint_scores"], np.float64)
    if points.shape != (POINTS, 2) or scores.shape != (POINTS,):
        raise ValueError("a person has other points")
    usable = np.isfinite(scores) & (np.abs(points) <= LONGEST_SIDE).all(axis=1)
    scores = np.where(usable, scores, 0).clip(0, 1)
    return np.column_stack([np.where(scores[:, None] > 0, points, 0), scores])


def _shoulder_width(person: Person) -> float:
    """In pixels; 0 where a shoulder is not found."""
    left, right = person[LEFT_SHOULDER_POINT], person[RIGHT_SHOULDER_POINT]
    return math.dist(left[:2], right[:2]) if min(left[2], right[2]) >= SHOULDER_FOUND else 0.0


def _distance(one: Person, other: Person) -> float:
    """Between the middles of the shoulders, in pixels."""
    shoulders = [LEFT_SHOULDER_POINT, RIGHT_SHOULDER_POINT]
    return math.dist(one[shoulders, :2].mean(axis=0), other[shoulders, :2].mean(axis=0))
