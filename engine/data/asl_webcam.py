"""Webcam recordings of ASL with a class for "not signing", from landmarks that MediaPipe Holistic found in them.

The source folder holds asl_webcam_holistic.npz (see `engine.data.landmarks`): `xyz` (frames, 75, 3), 33 pose + 21 left
hand + 21 right hand; `label` and `signer` a sequence of 20 frames. The gloss "-" means that nobody signs. What the
file does not tell is assumed:

* 15 frames a second;
* pictures of 1280 x 720: with these proportions a hand keeps its shape however it turns;
* the confidence of a body's joint, by whether it lies inside the picture: MediaPipe's own, on average over WLASL100.
"""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from engine.data.dataset import LabelledClip, Prepared, save_prepared, uniform_clip
from engine.data.held_out import NOBODY, HeldOut
from engine.data.landmarks import (
    COORDINATE_SCALE,
    HOLISTIC_JOINTS,
    Array,
    clip_frames,
    decode_holistic,
    read_landmarks,
)
from engine.keypoints.layout import HOLISTIC_POSE_JOINTS

FILE: Final = "asl_webcam_holistic.npz"
RATE: Final = 15.0
SIZE: Final = (1280, 720)
INSIDE, OUTSIDE = 230, 130
"""Visibility, of 255, of joints inside and outside the picture."""
VALIDATION_SHARE: Final = 5
"""One in so many sequences is validation."""


def prepare_asl_webcam(source: Path, out: Path, *, held_out: HeldOut = NOBODY) -> Prepared:
    """Write the sequences to `out`, training on nobody who is held out.

    Nobody has ever published a split. All sequences of those held out are "test"; without them there is no test split.
    Of what each other signer shows of a gloss, the last fifth is "val" and the rest "train": sequences that follow one
    another are cut from one take, so that "val" may serve to choose and to calibrate, but flatters.
    """
    fields = read_landmarks(
        source / FILE, "label", "signer", shape=(HOLISTIC_JOINTS, 3), what="a file of webcam landmarks"
    )
    glosses = [str(label).strip().lower() for label in fields["label"]]
    people = [str(signer) for signer in fields["signer"]]
    held_out.check(people)
    splits = _splits(glosses, people)
    clips = []
    for number, frames in enumerate(clip_frames(fields)):
        xyz = fields["xyz"][frames]
        clip = uniform_clip(decode_holistic(xyz, _assumed_visibility(xyz), size=SIZE), rate=RATE, size=SIZE)
        clips.append((LabelledClip(clip, glosses[number], splits[number], people[number], f"{number:05}"), RATE))
    return save_prepared(out, sorted(set(glosses)), clips, held_out)


def _splits(glosses: Sequence[str], people: Sequence[str]) -> list[str]:
    splits = ["train"] * len(glosses)
    takes: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for number, take in enumerate(zip(glosses, people, strict=True)):
        takes[take].append(number)
    for numbers in takes.values():
        for number in numbers[len(numbers) - len(numbers) // VALIDATION_SHARE :]:
            splits[number] = "val"
    return splits


def _assumed_visibility(xyz: Array) -> Array:
    pose = xyz[:, :HOLISTIC_POSE_JOINTS, :2]
    inside = ((pose >= 0) & (pose <= COORDINATE_SCALE)).all(axis=-1)
    return np.where(inside, INSIDE, OUTSIDE).astype(np.uint8)
