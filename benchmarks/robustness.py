"""How much worse signs are named when camera, signer or extractor differ from those of the recordings.

    python -m benchmarks.robustness --data DATA [--model wlasl100] [--split val test]

DATA holds the model's dataset as `python -m engine prepare` makes it. The keypoints of its clips are changed one way at
a time, as a tilted laptop, a slow camera or a hasty signer would change them; what MediaPipe does to a picture that is
dark or blurred is not in it. Prints one JSON line a condition.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from benchmarks.bad_input import command_line, run
from engine.data.dataset import ClipDataset, load_dataset
from engine.evaluation.isolated import labels_for, score_clips
from engine.evaluation.metrics import Accuracy, accuracy
from engine.joints import (
    BODY,
    LEFT_ELBOW,
    LEFT_HAND,
    LEFT_SHOULDER,
    LEFT_WRIST,
    RIGHT_ELBOW,
    RIGHT_HAND,
    RIGHT_SHOULDER,
    RIGHT_WRIST,
)
from engine.models.folder import load_model, resolve_model
from engine.recognition.mirroring import mirrored_clip
from engine.recognition.recogniser import Recogniser
from engine.types import NANOSECONDS, JointArray, KeypointClip

Change = Callable[[KeypointClip, np.random.Generator], KeypointClip]
"""Makes what another camera, signer or extractor would have seen; random draws come from the generator."""
Offsets = npt.NDArray[np.floating[Any]]
"""(T, 49, 2) in pixels from the middle of the shoulders: right and down."""
SEED: Final = 0
ARM_JOINTS: Final = (LEFT_ELBOW, RIGHT_ELBOW, LEFT_WRIST, RIGHT_WRIST)


def main() -> None:
    """Print one JSON line for the clips as they are and for each change."""
    parser = command_line(__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", default="wlasl100")
    parser.add_argument("--split", nargs="+", default=["val"], choices=("val", "test"))
    arguments = parser.parse_args()
    recogniser = Recogniser(load_model(resolve_model(arguments.model)))
    clips = load_dataset(arguments.data / recogniser.name).split(*arguments.split)
    for condition, found in under_all_conditions(recogniser, clips):
        print(json.dumps({"condition": condition, **asdict(found)}), flush=True)


def under_all_conditions(recogniser: Recogniser, dataset: ClipDataset) -> Iterator[tuple[str, Accuracy]]:
    """The name of each condition with what the model gets right under it; the first is "as recorded"."""
    labels = labels_for(recogniser, dataset)
    for name, change in CONDITIONS.items():
        random = np.random.default_rng(SEED)
        changed = [replace(item, clip=change(item.clip, random)) for item in dataset.clips]
        yield name, accuracy(score_clips(recogniser, changed), labels)


def as_recorded(clip: KeypointClip, _: np.random.Generator) -> KeypointClip:
    """The clip itself."""
    return clip


def at_rate(rate: float) -> Change:
    """Let a slower camera see the sign: at most so many frames a second."""

    def thin(clip: KeypointClip, _: np.random.Generator) -> KeypointClip:
        # Time stamps are whole nanoseconds: a frame that is due may be one early.
        slots = ((clip.times_ns - clip.times_ns[0] + 1) * rate) // NANOSECONDS
        _, kept = np.unique(slots, return_index=True)
        return replace(clip, joints=clip.joints[kept], times_ns=clip.times_ns[kept])

    return thin


def at_pace(factor: float) -> Change:
    """Let the signer be so much faster."""

    def hurry(clip: KeypointClip, _: np.random.Generator) -> KeypointClip:
        since = clip.times_ns - clip.times_ns[0]
        return replace(clip, times_ns=clip.times_ns[0] + np.round(since / factor).astype(np.int64))

    return hurry


def rolled(degrees: float) -> Change:
    """Turn the camera about the axis of its lens."""
    angle = np.radians(degrees)
    matrix = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return lambda clip, _: _moved(clip, lambda offsets, width: offsets @ matrix.T)


def stretched(*, across: float = 1.0, down: float = 1.0) -> Change:
    """Squeeze the picture, as looking at a flat figure from the side (across) or from above or below (down) does."""
    return lambda clip, _: _moved(clip, lambda offsets, width: offsets * np.array([across, down]))


def from_below(keystone: float) -> Change:
    """Stand the camera low: a shoulder width farther up everything is smaller by this share."""

    def lean(offsets: Offsets, width: float) -> Offsets:
        return offsets * np.clip(1 + keystone * offsets[..., 1:] / width, 0.5, 2.0)

    return lambda clip, _: _moved(clip, lean)


def shorter_arms(factor: float) -> Change:
    """Bring elbows, wrists and hands closer to the shoulders' middle, without making the hands smaller."""

    def reach(clip: KeypointClip, _: np.random.Generator) -> KeypointClip:
        middle = _figure(clip)[0]
        joints = clip.joints.copy()
        for part in (LEFT_HAND, RIGHT_HAND, *(slice(joint, joint + 1) for joint in ARM_JOINTS)):
            seen = joints[:, part, 2:] > 0
            first = joints[:, part.start : part.start + 1, :2]
            joints[:, part, :2] += np.where(seen, (first - middle) * (factor - 1), 0)
        return replace(clip, joints=joints)

    return reach


def unsteady(share: float) -> Change:
    """Let every joint tremble on its own from frame to frame: standard deviation in shoulder widths."""

    def tremble(clip: KeypointClip, random: np.random.Generator) -> KeypointClip:
        return _moved(clip, lambda offsets, width: offsets + random.normal(0, share * width, offsets.shape))

    return tremble


def without_hands(share: float) -> Change:
    """Let the extractor miss each hand in a share of the frames, here and there."""

    def lose(clip: KeypointClip, random: np.random.Generator) -> KeypointClip:
        joints = clip.joints.copy()
        for hand in (LEFT_HAND, RIGHT_HAND):
            joints[random.random(len(clip)) < share, hand] = 0
        return replace(clip, joints=joints)

    return lose


def without_body(clip: KeypointClip, _: np.random.Generator) -> KeypointClip:
    """Let the extractor find the hands alone."""
    joints = clip.joints.copy()
    joints[:, BODY] = 0
    return replace(clip, joints=joints)


def left_handed(clip: KeypointClip, _: np.random.Generator) -> KeypointClip:
    """Mirror the signer, and tell nobody."""
    return mirrored_clip(clip)


CONDITIONS: Final[dict[str, Change]] = {
    "as recorded": as_recorded,
    "15 frames a second": at_rate(15),
    "10 frames a second": at_rate(10),
    "signed half as fast again": at_pace(1.5),
    "signed twice as fast": at_pace(2.0),
    "signed at two thirds of the pace": at_pace(2 / 3),
    "camera tilted by 10 degrees": rolled(10),
    "camera tilted by 20 degrees": rolled(20),
    "from the side, 13 % narrower": stretched(across=0.87),
    "from the side, 30 % narrower": stretched(across=0.7),
    "from above or below, 13 % lower": stretched(down=0.87),
    "camera low, 15 % smaller a shoulder width up": from_below(0.15),
    "arms 15 % shorter": shorter_arms(0.85),
    "arms 15 % longer": shorter_arms(1.15),
    "joints tremble by 1 % of the shoulders": unsteady(0.01),
    "joints tremble by 3 % of the shoulders": unsteady(0.03),
    "each hand missed in 20 % of the frames": without_hands(0.2),
    "each hand missed in 40 % of the frames": without_hands(0.4),
    "no body found": without_body,
    "left-handed, not told": left_handed,
}


def _figure(clip: KeypointClip) -> tuple[Offsets, float]:
    """Middle (2,) and width in pixels of the clip's shoulders; where they are never seen, of the picture's middle."""
    shoulders = clip.joints[:, [LEFT_SHOULDER, RIGHT_SHOULDER]]
    both = shoulders[(shoulders[..., 2] > 0).all(axis=1), :, :2]
    if not len(both):
        return np.array(clip.size) / 2, clip.size[0] / 4
    return np.median(both.mean(axis=1), axis=0), float(np.median(np.linalg.norm(both[:, 0] - both[:, 1], axis=-1)))


def _moved(clip: KeypointClip, way: Callable[[Offsets, float], Offsets]) -> KeypointClip:
    """Move what was seen: `way` gets the offsets and the width of the shoulders in pixels, and returns others."""
    middle, width = _figure(clip)
    moved = middle + way(clip.joints[..., :2] - middle, width)
    joints: JointArray = clip.joints.copy()
    joints[..., :2] = np.where(joints[..., 2:] > 0, moved, 0)
    return replace(clip, joints=joints)


if __name__ == "__main__":
    run(main)
