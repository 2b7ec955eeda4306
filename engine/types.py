"""The packets that pass between stages.

Stream time is in nanoseconds of the source's own monotonic clock: a camera's capture time, or the position
in a file, so that a recording means the same on every machine and at every playback speed. Arrays inside
packets are read-only by convention: whoever receives one never writes to it.
"""

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import numpy.typing as npt

NANOSECONDS = 1_000_000_000

Image = npt.NDArray[np.uint8]
JointArray = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Keypoints:
    """The 49 joints of one frame (see engine.joints).

    Attributes:
        joints: (49, 3) float32: x and y in pixels of the picture, confidence 0..1. A joint that was not
            found is (0, 0, 0); a hand is found whole or not at all.
        time_ns: stream time of the frame.
        size: width and height of the picture in pixels.
    """

    joints: JointArray
    time_ns: int
    size: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture with its capture time.

    Attributes:
        image: (H, W, 3) uint8, BGR, never mirrored, never written to again.
        time_ns: stream time.
        index: counts the source's frames from 0.
        arrived_ns: `time.monotonic_ns()` when the source handed the frame over; delay and frame rate are measured by
            it, and nothing that is recognised depends on it.
        keypoints: already known for recordings and the demo, else None.
    """

    image: Image
    time_ns: int
    index: int
    arrived_ns: int = 0
    keypoints: Keypoints | None = None


@dataclass(frozen=True, slots=True)
class KeypointClip:
    """The keypoints of successive frames, of a trimmed clip or of any stretch of a stream.

    Attributes:
        joints: (T, 49, 3) float32, as in `Keypoints`.
        times_ns: (T,) int64 stream time, strictly increasing.
        size: width and height of the picture in pixels.
    """

    joints: JointArray
    times_ns: npt.NDArray[np.int64]
    size: tuple[int, int]

    def __len__(self) -> int:
        return len(self.times_ns)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A gloss with its calibrated probability, 0..1."""

    gloss: str
    probability: float


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the recogniser thinks of one window.

    Attributes:
        candidates: best first, as many as were asked for.
        rejected: the best candidate is below the model's abstention threshold, or no hand is seen.
        start_ns, end_ns: stream time of the stretch that was to be judged; of one that is longer than the model's
            window the middle alone was seen.
    """

    candidates: tuple[Candidate, ...]
    rejected: bool
    start_ns: int
    end_ns: int


class Activity(StrEnum):
    """What the signer is doing, as told by the keypoints alone."""

    NOBODY = "nobody"
    NO_HANDS = "no hands"
    IDLE = "idle"
    SIGNING = "signing"


@dataclass(frozen=True, slots=True)
class SignEvent:
    """One recognised, or explicitly not recognised, sign.

    Attributes:
        gloss: lower case; None where the recogniser abstains.
        probability: of `gloss`, or of the best candidate where it abstains.
        start_ns, end_ns: stream time of the sign.
        emitted_ns: stream time at which the event was announced.
        candidates: best first.
    """

    gloss: str | None
    probability: float
    start_ns: int
    end_ns: int
    emitted_ns: int
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class StreamUpdate:
    """What one new frame of keypoints changed.

    Attributes:
        time_ns: stream time of that frame.
        activity: what the signer is doing.
        prediction: of the newest window that was due, which ended some frames earlier where the caller was behind; None
            where none was due, none was asked for or nobody signs.
        events: signs announced by this frame, oldest first.
    """

    time_ns: int
    activity: Activity
    prediction: Prediction | None = None
    events: tuple[SignEvent, ...] = field(default=())
