"""One stream, put together from motions, poses and what joins them; and what a camera makes of it."""

from typing import Final

import numpy as np
import numpy.typing as npt

from engine.data.dataset import uniform_clip
from engine.data.streams.motion import Rest, resting_pose, transition
from engine.data.streams.truth import Kind, LabelledStream, Segment
from engine.joints import LEFT_HAND, RIGHT_HAND
from engine.sources.prototypes import place_joints
from engine.types import NANOSECONDS, JointArray, KeypointClip

PICTURE: Final = (640, 480)
JITTER: Final = 0.004
"""Shoulder widths by which a tracker's joints tremble: standard deviation, for poses that are held or made."""
SWAY: Final = 0.015
"""Shoulder widths by which a body sways, to either side of its middle."""
DROPPED_FRAMES: Final = 0.03
"""Share of frames that a camera loses, one by one."""
HAND_LOSSES_A_SECOND: Final = 0.2
"""How often a tracker loses a hand, each hand for itself."""
HAND_LOST_S: Final = (0.07, 0.25)


class Timeline:
    """Takes what happens one after the other, in one signer's frame (see `engine.features.motion`)."""

    def __init__(self, *, rate: float, noise: np.random.Generator) -> None:
        """Begin an empty stream of `rate` frames a second; `noise` decides how it trembles and sways."""
        self.rate = rate
        self._noise = noise
        self._motions: list[JointArray] = []
        self._frames = 0
        self._segments: list[Segment] = []

    @property
    def pose(self) -> JointArray:
        """The pose (49, 3) it has come to; something must have been played."""
        pose: JointArray = self._motions[-1][-1]
        return pose

    def play(
        self,
        motion: JointArray,
        kind: Kind | None = None,
        *,
        gloss: str | None = None,
        detail: str = "",
        part: tuple[int, int] | None = None,
    ) -> None:
        """Go on with a motion (T, 49, 3), which cuts hard unless it begins with the pose before it.

        Args:
            motion: one frame at least.
            kind: what it shows; nothing in particular unless given.
            gloss: of a sign.
            detail: as in `Segment`.
            part: the frames (first, last) that show it; all unless given.
        """
        if kind is not None:
            first, last = part or (0, len(motion) - 1)
            start_ns, end_ns = self._time_ns(self._frames + first), self._time_ns(self._frames + last)
            self._segments.append(Segment(kind, start_ns, end_ns, gloss, detail))
        self._motions.append(motion)
        self._frames += len(motion)

    def hold(self, pose: JointArray, seconds: float, kind: Kind | None = None, *, detail: str = "") -> None:
        """Stay in a pose (49, 3)."""
        frames = max(2, round(seconds * self.rate))
        self.play(self._trembling(np.repeat(pose[None], frames, axis=0)), kind, detail=detail)

    def move_to(self, pose: JointArray, seconds: float) -> None:
        """Move smoothly to a pose (49, 3), which itself is not shown yet."""
        self.play(self._trembling(transition(self.pose, pose, steps=max(1, round(seconds * self.rate)))))

    def rest(self, rest: Rest, *, way_s: float, seconds: float, kind: Kind | None = None) -> None:
        """Take the hands down and leave them there."""
        pose = resting_pose(self.pose, rest)
        self.move_to(pose, way_s)
        self.hold(pose, seconds, kind, detail=rest.name.lower() if kind else "")

    def stream(self) -> LabelledStream:
        """Return all that was played, as a perfect camera and a perfect tracker would see it."""
        motion = np.concatenate(self._motions)
        joints = place_joints(self._swaying(motion), PICTURE)
        return LabelledStream(uniform_clip(joints, rate=self.rate, size=PICTURE), tuple(self._segments))

    def _time_ns(self, frame: int) -> int:
        return round(frame * NANOSECONDS / self.rate)

    def _trembling(self, motion: JointArray) -> JointArray:
        trembling = motion.copy()
        trembling[..., :2] += self._noise.normal(0, JITTER, trembling[..., :2].shape).astype(np.float32)
        trembling[motion[..., 2] == 0] = 0
        return trembling

    def _swaying(self, motion: JointArray) -> JointArray:
        seconds = np.arange(len(motion))[:, None, None] / self.rate
        hertz, phase = self._noise.uniform(0.1, 0.4, 2), self._noise.uniform(0, 2 * np.pi, 2)
        swaying = motion.copy()
        swaying[..., :2] += (SWAY * np.sin(2 * np.pi * hertz * seconds + phase)).astype(np.float32)
        swaying[motion[..., 2] == 0] = 0
        return swaying


def captured(stream: LabelledStream, random: np.random.Generator) -> LabelledStream:
    """Return a stream as a real camera and tracker give it: some frames are dropped, hands are lost for moments."""
    clip = stream.clip
    joints, seconds = clip.joints.copy(), clip.times_ns / NANOSECONDS
    for hand in (LEFT_HAND, RIGHT_HAND):
        joints[_lost(seconds, random), hand] = 0
    kept = random.random(len(clip)) >= DROPPED_FRAMES
    kept[[0, -1]] = True
    return LabelledStream(KeypointClip(joints[kept], clip.times_ns[kept], clip.size), stream.segments)


def _lost(seconds: npt.NDArray[np.float64], random: np.random.Generator) -> npt.NDArray[np.bool_]:
    """At which moments (T,) a hand is lost."""
    lost = np.zeros(len(seconds), bool)
    for start in random.uniform(0, seconds[-1], random.poisson(HAND_LOSSES_A_SECOND * seconds[-1])):
        lost |= (seconds >= start) & (seconds < start + random.uniform(*HAND_LOST_S))
    return lost
