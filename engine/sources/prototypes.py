"""Sign prototypes: the average motion of each gloss, which the demo plays and the vocabulary shows.

Two files come along: one of whole bodies, and one of further glosses of which recordings show the hands alone; there
the torso is the usual one and the arms are missing. Each is an .npz: `glosses` (N,) str, `length` (N,) int32 frames of
each, `joints` (sum of length, 49, 3) float16 one after the other, `rate` () float32 frames a second.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from engine.errors import UserFacingError
from engine.joints import BODY, JOINTS, LEFT_ELBOW, LEFT_HAND, RIGHT_ELBOW, RIGHT_HAND
from engine.sources.npz import read_arrays, write_arrays
from engine.sources.recording import HIGHEST_RATE, LOWEST_RATE
from engine.types import NANOSECONDS, JointArray, KeypointClip

FOLDER: Final = Path(__file__).parents[2] / "assets" / "prototypes"
PROTOTYPES: Final = FOLDER / "prototypes.npz"
HAND_PROTOTYPES: Final = FOLDER / "hands.npz"

ROOM_ABOVE: Final = 1.5
ROOM_BELOW: Final = 1.7
ROOM_BESIDE: Final = 2.2
"""Shoulder widths that a picture shows around the middle of the shoulders: the signing space."""
UNSEEN: Final = 0.2
"""The most confidence that a joint of the body has outside the picture, where it can only be guessed."""


@dataclass(frozen=True, slots=True)
class Prototype:
    """The average motion of a gloss.

    Attributes:
        gloss: lower case.
        joints: (T, 49, 3) float32: x to the right of the picture and y down, in shoulder widths from the
            middle of the shoulders, then confidence; a missing joint is (0, 0, 0).
        rate: frames a second.
    """

    gloss: str
    joints: JointArray
    rate: float

    @property
    def has_arms(self) -> bool:
        """Whether the elbows are known in any frame."""
        return bool(self.joints[:, [LEFT_ELBOW, RIGHT_ELBOW], 2].any())


def load_prototypes(path: Path = PROTOTYPES) -> dict[str, Prototype]:
    """Read the prototypes by gloss, in the order of the file.

    Raises:
        UserFacingError: the file is missing, damaged or foreign.
    """
    what = "a file of sign prototypes"
    fields = read_arrays(path, "glosses", "length", "joints", "rate", what=what)
    if problem := _problem(**fields):
        raise UserFacingError(f"{path} is not {what}, or it is damaged: {problem}.")
    ends = np.cumsum(fields["length"])
    motions = np.split(fields["joints"].astype(np.float32), ends[:-1])
    rate = float(fields["rate"])
    return {
        str(gloss): Prototype(gloss=str(gloss), joints=joints, rate=rate)
        for gloss, joints in zip(fields["glosses"], motions, strict=True)
    }


def load_all_prototypes() -> dict[str, Prototype]:
    """Read all that come along by gloss, with a body where there is one; for errors see `load_prototypes`."""
    return load_prototypes(HAND_PROTOTYPES) | load_prototypes()


def save_prototypes(path: Path, prototypes: Iterable[Prototype]) -> None:
    """Write prototypes, whole or not at all.

    Raises:
        UserFacingError: the file cannot be written.
        ValueError: the prototypes differ in rate, repeat a gloss, or break the rules of `Prototype`.
    """
    prototypes = tuple(prototypes)
    if len({prototype.rate for prototype in prototypes}) != 1:
        raise ValueError("all prototypes need one rate")
    fields = {
        "glosses": np.array([prototype.gloss for prototype in prototypes]),
        "length": np.array([len(prototype.joints) for prototype in prototypes], np.int32),
        "joints": np.concatenate([prototype.joints for prototype in prototypes]).astype(np.float16),
        "rate": np.array(prototypes[0].rate, np.float32),
    }
    if problem := _problem(**fields):
        raise ValueError(problem)
    write_arrays(path, **fields)


def place_prototype(prototype: Prototype, size: tuple[int, int]) -> KeypointClip:
    """Show a prototype in a picture of (width, height), as a camera would see it; time begins at 0."""
    times_ns = np.round(np.arange(len(prototype.joints)) * (NANOSECONDS / prototype.rate)).astype(np.int64)
    return KeypointClip(joints=place_joints(prototype.joints, size), times_ns=times_ns, size=size)


def place_joints(joints: JointArray, size: tuple[int, int]) -> JointArray:
    """Turn joints (..., 49, 3) from shoulder widths into pixels of a picture of (width, height).

    A hand whose wrist leaves the picture is missing; joints of the body out there are guesses at best.
    """
    width, height = size
    shoulder_width = min(height / (ROOM_ABOVE + ROOM_BELOW), width / (2 * ROOM_BESIDE))
    middle = np.array([width / 2, height * ROOM_ABOVE / (ROOM_ABOVE + ROOM_BELOW)], np.float32)
    placed = joints.astype(np.float32)
    placed[..., :2] = placed[..., :2] * np.float32(shoulder_width) + middle
    outside = ((placed[..., :2] < 0) | (placed[..., :2] >= (width, height))).any(-1)
    body_confidence = placed[..., BODY, 2]
    placed[..., BODY, 2] = np.where(outside[..., BODY], np.minimum(body_confidence, UNSEEN), body_confidence)
    for hand in (LEFT_HAND, RIGHT_HAND):
        placed[..., hand, 2] *= ~outside[..., hand.start, None]
    placed[placed[..., 2] == 0] = 0
    return placed


def _problem(
    *, glosses: npt.NDArray[Any], length: npt.NDArray[Any], joints: npt.NDArray[Any], rate: npt.NDArray[Any]
) -> str | None:
    """Say what is wrong with the fields of a file, in the words of a message."""
    if glosses.ndim != 1 or glosses.dtype.kind != "U" or not len(glosses) or len(set(glosses)) != len(glosses):
        return "its glosses are not a list of different names"
    if length.dtype != np.int32 or length.shape != glosses.shape or length.min() < 1:
        return "it does not tell how many frames each gloss has"
    if joints.dtype != np.float16 or joints.shape != (length.sum(dtype=np.int64), JOINTS, 3):
        return f"its motions are not {JOINTS} triples of float16 a frame, as many as it tells"
    if not np.isfinite(joints).all():
        return "a joint is not a finite number"
    if rate.shape != () or rate.dtype != np.float32 or not LOWEST_RATE <= rate <= HIGHEST_RATE:
        return "its frame rate makes no sense"
    return None
