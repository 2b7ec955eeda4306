"""What truly happens in a stream, and when."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from engine.types import KeypointClip, Keypoints


class Kind(StrEnum):
    """What happens in a segment; only in a sign ought anything to be announced."""

    SIGN = "sign"
    UNKNOWN_SIGN = "unknown sign"
    DISTRACTOR = "distractor"
    IDLE = "idle"
    NULL = "null class"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a stream in which one thing happens.

    Attributes:
        kind: what happens.
        start_ns, end_ns: stream time.
        gloss: what is signed, of a known and of an unknown sign; None of anything else.
        detail: what exactly happens, in a word or two: "scratching", "part of a sign".
    """

    kind: Kind
    start_ns: int
    end_ns: int
    gloss: str | None = None
    detail: str = ""

    @property
    def duration_ns(self) -> int:
        return self.end_ns - self.start_ns


@dataclass(frozen=True, slots=True)
class LabelledStream:
    """A stream and its truth.

    Attributes:
        clip: the keypoints, from time 0.
        segments: in the order of time, without overlap; between them hands move or rest and nothing is signed.
    """

    clip: KeypointClip
    segments: tuple[Segment, ...]

    def keypoints(self) -> Iterator[Keypoints]:
        """Yield the frames as a live recogniser gets them."""
        for joints, time_ns in zip(self.clip.joints, self.clip.times_ns, strict=True):
            yield Keypoints(joints=joints, time_ns=int(time_ns), size=self.clip.size)
