"""One recording under several glosses: WLASL's sources show synonyms with the same video.

A training clip that shows a held-out recording, under whatever gloss, must not be trained on.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from engine.data.held_out import HeldOut
from engine.data.landmarks import COORDINATE_SCALE, MISSING, Array, read_landmarks
from engine.data.recordings import same_recording
from engine.data.wlasl_index import IndexRow, frames_of_clips, redrawn
from engine.joints import HAND_JOINTS

HANDS_300: Final = "wlasl300_hands.npz"
HANDS_REST: Final = "wlasl2000_rest_hands.npz"

DOUBLED: Final = frozenset({"17722", "24955", "24961", "57949"})
"""Training copies of recordings that WLASL holds twice; of the last two the other copy is held out."""


def copies_of_held_out(source: Path, index: Mapping[str, IndexRow], held_out: HeldOut) -> set[str]:
    """Training clips that are validation or test clips too, as far as the files of hands in `source` can tell.

    Both of the official split and of the one that is redrawn for signers who are held out, so that no split shows a
    recording that the official one does not.
    """
    splits = index, redrawn(index, held_out)
    present = [name for name in (HANDS_300, HANDS_REST) if (source / name).is_file()]
    pairs = list(same_recordings(read_hands(source, present, index)))
    return set(DOUBLED) | {
        one if split[one].split == "train" else other
        for split in splits
        for one, other in pairs
        if {split[one].split, split[other].split} & {"val", "test"}
        and "train" in (split[one].split, split[other].split)
    }


def read_hands(source: Path, files: Sequence[str], index: Mapping[str, IndexRow]) -> dict[str, Array]:
    """The hands (T, 2, 21, 3) of each clip, as stored."""
    stored: dict[str, Array] = {}
    for name in files:
        fields = read_landmarks(source / name, "video_id", shape=(2, HAND_JOINTS, 3), what="a file of WLASL's hands")
        stored |= {video_id: fields["xyz"][frames] for video_id, frames in frames_of_clips(fields, index)}
    return stored


def same_recordings(stored: Mapping[str, Array]) -> Iterator[tuple[str, str]]:
    """Pairs of clips with the same frames: WLASL's sources show one recording under several glosses."""
    of_length: dict[int, list[str]] = defaultdict(list)
    for video_id, hands in stored.items():
        of_length[len(hands)].append(video_id)
    for names in of_length.values():
        clips = np.stack([np.where(stored[name] == MISSING, 0, stored[name])[..., :2] for name in names])
        clips = clips.astype(np.float32) / COORDINATE_SCALE
        for first, clip in enumerate(clips):
            same = same_recording(clip, clips[first + 1 :])
            yield from ((names[first], names[first + 1 + other]) for other in np.flatnonzero(same))
