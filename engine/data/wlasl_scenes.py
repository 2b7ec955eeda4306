"""How a clip of WLASL was recorded: the proportions of its picture, and where in it the signer's shoulders are.

Landmarks of hands tell neither, but a signer of WLASL was mostly recorded in one way, and WLASL100 shows the bodies of
some forty. A clip of such a signer has the shoulders where they are in that signer's training clips, in the median.
Any other clip has them where they are in the training clips whose hands look most alike: as large, as slender, raised
as high and from the same place. Likewise for proportions that nobody wrote down. How well that works is told in
docs/data.md.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from engine.data.landmarks import COORDINATE_SCALE, MISSING, Array
from engine.data.wlasl_index import IndexRow, frames_of_clips
from engine.joints import LEFT_SHOULDER, RIGHT_SHOULDER
from engine.keypoints.layout import POSE_TO_BODY

NEIGHBOURS: Final = 9
"""Clips whose median is taken for another one."""
VISIBLE: Final = 0.4
"""Least visibility of both shoulders."""
SHOULDERS: Final = [POSE_TO_BODY[LEFT_SHOULDER], POSE_TO_BODY[RIGHT_SHOULDER]]
"""Their places among Holistic's landmarks."""
NARROWEST: Final = 0.1
"""Picture heights; nobody whose hands are read stands so far away that the shoulders are narrower."""
PALM: Final = ((0, 5), (0, 9), (0, 13), (0, 17), (5, 17), (5, 6), (9, 10), (13, 14))
"""Joints of a hand between which the first bones run."""
QUANTILES: Final = (0.05, 0.25, 0.5, 0.75, 0.95)
"""Of the places in which a wrist was, which tell its way without its order."""
HAND_FEATURES: Final = 2 + 2 * len(QUANTILES) + len(PALM) + 3 * 2
"""How many numbers `_hand_features` tells of a hand."""


class Scene(NamedTuple):
    """How somebody was recorded.

    Attributes:
        aspect: width / height of the picture.
        x, y: of the middle of the shoulders, in picture heights, x from the picture's middle, y from its top.
        shoulder_width: in picture heights.
    """

    aspect: float
    x: float
    y: float
    shoulder_width: float


USUAL: Final = Scene(aspect=1.5, x=0.06, y=0.50, shoulder_width=0.39)
"""Means over WLASL100's training clips; for whom nothing better is known."""


def scenes_of_signers(holistic: Mapping[str, Array], index: Mapping[str, IndexRow]) -> dict[str, Scene]:
    """The median scene of each signer's training clips in Holistic's landmarks."""
    found = defaultdict(list)
    for (video_id, frames), (width, height) in zip(frames_of_clips(holistic, index), holistic["size"], strict=True):
        row = index[video_id]
        if row.signer and row.split == "train":
            scene = _scene(holistic["xyz"][frames], holistic["visibility"][frames], aspect=float(width / height))
            if scene is not None:
                found[row.signer].append(scene)
    return {signer: Scene(*np.median(scenes, axis=0).tolist()) for signer, scenes in found.items()}


def _scene(xyz: Array, visibility: Array, *, aspect: float) -> Scene | None:
    """A clip's median scene, of xyz (T, 75, 3) and visibility (T, 33) as stored.

    None where no frame shows both shoulders, or where they are no signer's.
    """
    shown = ~(xyz[:, SHOULDERS] == MISSING).any(axis=(1, 2)) & (visibility[:, SHOULDERS] / 255 > VISIBLE).all(axis=1)
    places = (xyz[shown][:, SHOULDERS, :2] / COORDINATE_SCALE - (0.5, 0)) * (aspect, 1)
    if not len(places):
        return None
    (x, y), width = np.median(places.mean(axis=1), axis=0), np.median(np.linalg.norm(np.ptp(places, axis=1), axis=-1))
    return Scene(aspect, float(x), float(y), float(width)) if width > NARROWEST else None


class SceneFinder:
    """Finds the scene of a clip of hands.

    Args:
        signers: scenes by signer.
        clips: rows of clips and their `scene_features`; those of the training split with known proportions, by these
            signers, are what others are compared with.
    """

    def __init__(self, signers: Mapping[str, Scene], clips: Sequence[tuple[IndexRow, npt.NDArray[np.float64]]]) -> None:
        known = [
            (signers[row.signer]._replace(aspect=row.aspect), features)
            for row, features in clips
            if row.split == "train" and row.signer in signers and row.aspect
        ]
        self._signers = signers
        self._scenes = np.array([scene for scene, _ in known])
        features = np.array([features for _, features in known])
        self._scale = np.maximum(features.std(axis=0), 1e-6) if known else np.ones(1)
        self._features = features / self._scale

    def scene(self, row: IndexRow, features: npt.NDArray[np.float64]) -> Scene:
        """Return the scene of one clip."""
        scene = self._signers.get(row.signer) or self._alike(features)
        return scene._replace(aspect=row.aspect or scene.aspect)

    def _alike(self, features: npt.NDArray[np.float64]) -> Scene:
        if not len(self._scenes):
            return USUAL
        distance = np.square(self._features - features / self._scale).sum(axis=1)
        nearest = np.argsort(distance, kind="stable")[:NEIGHBOURS]
        return Scene(*np.median(self._scenes[nearest], axis=0).tolist())


def scene_features(hands: npt.NDArray[np.float64], seen: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """What a clip's hands tell of how it was recorded: (52,) numbers.

    Of each hand whether and in which share of the frames it is seen, where its wrist and its joints are, and how long
    its bones get; zeros of one that is never seen.

    Args:
        hands: (T, 2, 21, 2), left and right, relative to the picture.
        seen: (T, 2).
    """
    return np.concatenate([_hand_features(hands[seen[:, side], side], len(hands)) for side in range(2)])


def _hand_features(hand: npt.NDArray[np.float64], frames: int) -> npt.NDArray[np.float64]:
    """One hand in the frames (F, 21, 2) that show it, of a clip of so many frames -> (26,)."""
    if not len(hand):
        return np.zeros(HAND_FEATURES)
    starts, ends = np.array(PALM).T
    bones = hand[:, ends] - hand[:, starts]
    return np.concatenate(
        [
            [1.0, len(hand) / frames],
            np.quantile(hand[:, 0], QUANTILES, axis=0).ravel(),
            np.quantile(np.linalg.norm(bones, axis=-1), 0.9, axis=0),
            hand.min(axis=(0, 1)),
            hand.max(axis=(0, 1)),
            np.sqrt(np.square(bones).mean(axis=(0, 1))),
        ]
    )
