"""Why a sign was named: which moments the model attended to, and which parts of the signer decided.

The influence of a part is measured by occlusion: it is hidden in every frame, and what the best gloss loses by that is
what the part contributed.
"""

from dataclasses import dataclass, fields
from typing import Final

import numpy as np
import numpy.typing as npt
import torch

from engine.features.batch import collate
from engine.features.model_input import ModelInput, model_input, moments_of, without_padding
from engine.joints import (
    BODY,
    HAND_JOINTS,
    HAND_NAMES,
    JOINTS,
    LEFT_ELBOW,
    LEFT_HAND,
    LEFT_WRIST,
    MIRRORED,
    NOSE,
    RIGHT_ELBOW,
    RIGHT_HAND,
    RIGHT_WRIST,
)
from engine.recognition.memory import RecordedSign
from engine.recognition.mirroring import mirrored_clip
from engine.recognition.recogniser import Recogniser
from engine.recognition.stream import STREAM_MARGIN_NS
from engine.types import NANOSECONDS, KeypointClip

FINGERS: Final = tuple(dict.fromkeys(name.partition("_")[0] for name in HAND_NAMES[1:]))


@dataclass(frozen=True, slots=True)
class Part:
    """Joints that are hidden together; left and right are the signer's own."""

    name: str
    joints: tuple[int, ...]


def _finger(hand: slice, finger: str) -> tuple[int, ...]:
    return tuple(hand.start + joint for joint, name in enumerate(HAND_NAMES) if name.startswith(finger))


_HANDS: Final = (("left", LEFT_HAND), ("right", RIGHT_HAND))
PARTS: Final = (
    Part("body", tuple(range(BODY.start, BODY.stop))),
    Part("head", (NOSE,)),
    Part("left arm", (LEFT_ELBOW, LEFT_WRIST)),
    Part("right arm", (RIGHT_ELBOW, RIGHT_WRIST)),
    *(Part(f"{side} hand", tuple(range(hand.start, hand.stop))) for side, hand in _HANDS),
    *(
        Part(f"{side} {finger}" if finger == "thumb" else f"{side} {finger} finger", _finger(hand, finger))
        for side, hand in _HANDS
        for finger in FINGERS
    ),
)
"""What is hidden, one after the other. The shoulders go with the body: places are measured by them."""


@dataclass(frozen=True, slots=True)
class PartInfluence:
    """What the best gloss owes to a part.

    Attributes:
        part: that was hidden.
        drop: what the probability lost by that, -1..1; below zero the part spoke against the gloss.
        instead: the best gloss without the part.
    """

    part: Part
    drop: float
    instead: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a stretch of keypoints got its gloss.

    Attributes:
        gloss: the best one.
        probability: of it.
        times_ns: (F,) int64 stream time of the moments that the model saw.
        attention: (F,) float32, of the encoder to each of them; they sum to one where a hand and a body are seen.
        parts: those that are seen at all, the most influential first.
        joints: (49,) float32 influence of each joint, the mean over the parts it belongs to; 0 where it is not seen.
        alike: glosses that the model holds nearest to this one, whatever was signed.
    """

    gloss: str
    probability: float
    times_ns: npt.NDArray[np.int64]
    attention: npt.NDArray[np.float32]
    parts: tuple[PartInfluence, ...]
    joints: npt.NDArray[np.float32]
    alike: tuple[str, ...]


def explain(
    recogniser: Recogniser, clip: KeypointClip, span: tuple[int, int], *, left_handed: bool = False
) -> Explanation:
    """Explain what a recogniser says of the stretch `span` (start_ns, end_ns) of a clip.

    It takes some twenty times as long as naming the sign, so it is no work for the thread that decodes a stream.

    Args:
        recogniser: that named the sign.
        clip: as the signer was seen; not empty.
        span: within the clip.
        left_handed: the recogniser sees the mirror image; the explanation is of the signer all the same.
    """
    batch = collate([mirrored_clip(clip) if left_handed else clip], [span]).to(recogniser.device)
    frames = without_padding(model_input(batch, recogniser.input))
    moments, _ = moments_of(batch, recogniser.input)
    joints_of = {
        part: tuple(MIRRORED[joint] for joint in part.joints) if left_handed else part.joints for part in PARTS
    }
    seen = [part for part in PARTS if _sees(frames, joints_of[part])]
    windows = [frames, *(_without(frames, joints_of[part]) for part in seen)]
    names, probabilities, attention = recogniser.judge(_stacked(windows))
    best = int(probabilities[0].argmax())
    gloss, probability = names[best], float(probabilities[0, best])
    parts = [
        PartInfluence(part, probability - float(answer[best]), names[int(answer.argmax())])
        for part, answer in zip(seen, probabilities[1:], strict=True)
    ]
    length = frames.frames_present.shape[1]
    return Explanation(
        gloss=gloss,
        probability=probability,
        times_ns=int(clip.times_ns[0]) + np.rint(moments[0, :length].cpu().numpy() * NANOSECONDS).astype(np.int64),
        attention=attention[0].numpy(),
        parts=tuple(sorted(parts, key=lambda influence: -influence.drop)),
        joints=_of_joints(parts),
        alike=recogniser.alike(gloss),
    )


def explain_sign(recogniser: Recogniser, sign: RecordedSign) -> Explanation:
    """Explain what a recogniser says of a sign of a stream."""
    begin, end = int(sign.clip.times_ns[0]), int(sign.clip.times_ns[-1])
    span = max(begin, sign.event.start_ns - STREAM_MARGIN_NS), min(end, sign.event.end_ns + STREAM_MARGIN_NS)
    return explain(recogniser, sign.clip, span, left_handed=sign.left_handed)


def _of_joints(parts: list[PartInfluence]) -> npt.NDArray[np.float32]:
    total, count = np.zeros(JOINTS, np.float32), np.zeros(JOINTS, np.float32)
    for influence in parts:
        total[list(influence.part.joints)] += influence.drop
        count[list(influence.part.joints)] += 1
    mean: npt.NDArray[np.float32] = total / np.maximum(count, 1)
    return mean


def _sees(frames: ModelInput, joints: tuple[int, ...]) -> bool:
    seen = torch.cat([frames.body_present, frames.hands_present.repeat_interleave(HAND_JOINTS, dim=-1)], dim=-1)
    return bool(seen[..., list(joints)].any())


def _without(frames: ModelInput, joints: tuple[int, ...]) -> ModelInput:
    """Hide joints in all frames: the body's, and whole hands, as if they had not been found.

    A hand without one of its fingers is none to the model. So a hidden finger lies in the middle of the rest of its
    hand, where it tells nothing.
    """
    changed = {field.name: getattr(frames, field.name).clone() for field in fields(ModelInput)}
    for joint in joints:
        if joint < BODY.stop:
            changed["body"][..., joint, :] = 0
            changed["body_present"][..., joint] = False
    for side, (_, hand) in enumerate(_HANDS):
        hidden = [joint - hand.start for joint in joints if hand.start <= joint < hand.stop]
        rest = [joint for joint in range(HAND_JOINTS) if joint not in hidden]
        if not rest:
            changed["hands_present"][..., side] = False
        for name in ("hands", "places") if hidden else ():
            middle = changed[name][..., side, rest, :].mean(dim=-2, keepdim=True) if rest else torch.zeros(())
            changed[name][..., side, hidden, :] = middle
    return ModelInput(**changed)


def _stacked(windows: list[ModelInput]) -> ModelInput:
    return ModelInput(
        **{field.name: torch.cat([getattr(window, field.name) for window in windows]) for field in fields(ModelInput)}
    )
