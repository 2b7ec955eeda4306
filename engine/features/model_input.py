"""From keypoints to model input: the one preprocessing that training, evaluation and the live window call.

Two steps. `resample` reads the keypoints at a fixed frame rate by their time stamps, so that cameras of any
rate, and frames that were dropped, give the model the same motion. `normalise` crops each hand and the body
apart from one another (MASA, section III-A): a hand is seen in a box of its own, so that its shape does not
depend on where the arm carries it; the body is measured in shoulder widths, so that neither the distance to
the camera nor the room matters. Everything is done frame by frame: a frame's input never depends on another's.

It is written with torch so that a batch can be prepared on whatever device trains the model.
"""

from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor

from engine.joints import (
    BODY,
    LEFT_ELBOW,
    LEFT_HAND,
    LEFT_SHOULDER,
    LEFT_WRIST,
    NOSE,
    RIGHT_ELBOW,
    RIGHT_HAND,
    RIGHT_SHOULDER,
    RIGHT_WRIST,
)

USUAL_TORSO: Final = {NOSE: (-0.077, -0.564), LEFT_SHOULDER: (0.5, 0.0), RIGHT_SHOULDER: (-0.5, 0.0)}
"""In shoulder widths from the middle of the shoulders: means over WLASL100's training clips."""

INPUT_LIMITS: Final = {"frames": (1, 1024), "rate": (1, 240), "min_confidence": (0, 1), "hand_box": (1, 100)}
"""Smallest and largest value of each number in an `InputSpec`."""


@dataclass(frozen=True, slots=True)
class InputSpec:
    """How a model wants its input; part of the model's config.json.

    Attributes:
        frames: length of the window.
        rate: frames a second after resampling.
        min_confidence: joints below are treated as missing (MASA: 0.4).
        hand_box: side of a hand's box in units of the hand's larger extent (MASA's released code: 2.2).
        own_torso: whether nose, shoulders and elbows are where the signer has them. Else nose and shoulders are where
            they usually are and elbows are left out, as for hands that came without a body; the signer's shoulders
            then only tell where wrists and hands are, and from how far away.
    """

    frames: int = 64
    rate: float = 25.0
    min_confidence: float = 0.4
    hand_box: float = 2.2
    own_torso: bool = True

    @property
    def makes_sense(self) -> bool:
        """Whether any network of ours could read such a window."""
        return all(low <= getattr(self, name) <= high for name, (low, high) in INPUT_LIMITS.items())

    @property
    def seconds(self) -> float:
        """What a full window covers."""
        return self.frames / self.rate


@dataclass(frozen=True, slots=True)
class KeypointBatch:
    """Clips padded to one length, and the stretch of each that the model shall see.

    Attributes:
        joints: (B, S, 49, 3) float: x, y in pixels, confidence.
        times: (B, S) seconds since each clip's own zero; padding repeats the last time.
        start, end: (B,) seconds: the first and last moment of the wanted stretch.
    """

    joints: Tensor
    times: Tensor
    start: Tensor
    end: Tensor

    def to(self, device: str) -> "KeypointBatch":
        """The same batch on another device."""
        return KeypointBatch(*(tensor.to(device) for tensor in (self.joints, self.times, self.start, self.end)))


@dataclass(frozen=True, slots=True)
class ModelInput:
    """What the encoder reads; missing joints are zero and masked.

    Attributes:
        hands: (B, F, 2, 21, 2), left then right: relative to the hand's box, -1..1 from edge to edge.
        places: (B, F, 2, 21, 2), the same hands where they are: shoulder widths from the middle of the shoulders.
        hands_present: (B, F, 2) bool.
        body: (B, F, 7, 2): shoulder widths from the middle of the shoulders.
        body_present: (B, F, 7) bool.
        frames_present: (B, F) bool: False where the window is longer than the stretch.
    """

    hands: Tensor
    places: Tensor
    hands_present: Tensor
    body: Tensor
    body_present: Tensor
    frames_present: Tensor


def model_input(batch: KeypointBatch, spec: InputSpec) -> ModelInput:
    """Turn keypoints into model input. Where a stretch is longer than the window, its middle is taken."""
    joints, frames_present = resample(batch, spec)
    return normalise(joints, frames_present, spec)


def without_padding(frames: ModelInput) -> ModelInput:
    """Leave out the last frames where no clip of the batch has any: less to compute, and the same result."""
    longest = max(1, int(frames.frames_present.sum(dim=1).max()))
    return ModelInput(
        hands=frames.hands[:, :longest],
        places=frames.places[:, :longest],
        hands_present=frames.hands_present[:, :longest],
        body=frames.body[:, :longest],
        body_present=frames.body_present[:, :longest],
        frames_present=frames.frames_present[:, :longest],
    )


def moments_of(batch: KeypointBatch, spec: InputSpec) -> tuple[Tensor, Tensor]:
    """Return when each frame of the model input is: (B, F) seconds since each clip's zero, and its presence (B, F).

    The moments are whole frame intervals from the clip's zero, so that stretches that overlap share frames.
    """
    steps = torch.arange(spec.frames, device=batch.start.device)
    first = torch.ceil(batch.start * spec.rate - 1e-4)
    wanted = (torch.floor(batch.end * spec.rate + 1e-4) - first + 1).clamp(min=1)
    overhang = (wanted - spec.frames).clamp(min=0)
    first = first + torch.floor(overhang / 2)
    return (first[:, None] + steps) / spec.rate, steps < wanted[:, None]


def resample(batch: KeypointBatch, spec: InputSpec) -> tuple[Tensor, Tensor]:
    """Read the wanted stretch of each clip at `spec.rate` frames a second, at its `moments_of`.

    Between two frames that both show a joint it moves in a straight line; where only one shows it, the nearer
    frame in time decides.

    Returns:
        joints (B, F, 49, 3) and frames_present (B, F) bool.
    """
    moments, frames_present = moments_of(batch, spec)
    last = batch.times.shape[1] - 1
    after = torch.searchsorted(batch.times.contiguous(), moments.contiguous()).clamp(max=last)
    before = (after - 1).clamp(min=0)
    time_before, time_after = batch.times.gather(1, before), batch.times.gather(1, after)
    weight = ((moments - time_before) / (time_after - time_before).clamp(min=1e-6)).clamp(0, 1)[..., None, None]
    joints_before, joints_after = _frames_at(batch.joints, before), _frames_at(batch.joints, after)

    seen_before, seen_after = joints_before[..., 2:] > 0, joints_after[..., 2:] > 0
    between = torch.lerp(joints_before, joints_after, weight)
    # Half-way is half-way for every zero of time: a hair of rounding must not decide.
    nearest = torch.where(weight < 0.5 - 1e-3, joints_before, joints_after)
    joints = torch.where(seen_before & seen_after, between, nearest)
    return joints * frames_present[..., None, None], frames_present


def normalise(joints: Tensor, frames_present: Tensor, spec: InputSpec) -> ModelInput:
    """Crop hands and body apart; joints (..., 49, 3) in pixels, frames_present (...) bool."""
    joints = _with_wrists_of_hands(joints)
    seen = (joints[..., 2] >= spec.min_confidence) & frames_present[..., None]
    positions = joints[..., :2]
    placed, shoulders_seen = _in_shoulder_widths(positions, seen)
    hands, places, hands_present = [], [], []
    for part in (LEFT_HAND, RIGHT_HAND):
        present = seen[..., part].all(-1)
        hands.append(_in_hand_box(positions[..., part, :], spec.hand_box) * present[..., None, None])
        places.append(placed[..., part, :] * (present & shoulders_seen)[..., None, None])
        hands_present.append(present)
    # A body needs both shoulders; without them it is absent whole.
    body, body_present = placed[..., BODY, :], seen[..., BODY] & shoulders_seen[..., None]
    if not spec.own_torso:
        body, body_present = _with_usual_torso(body, body_present)
    return ModelInput(
        hands=torch.stack(hands, dim=-3),
        places=torch.stack(places, dim=-3),
        hands_present=torch.stack(hands_present, dim=-1),
        body=body * body_present[..., None],
        body_present=body_present,
        frames_present=frames_present,
    )


def _frames_at(joints: Tensor, index: Tensor) -> Tensor:
    rows = torch.arange(len(index), device=index.device)[:, None]
    return joints[rows, index]


def _with_wrists_of_hands(joints: Tensor) -> Tensor:
    """Where a hand is seen, its own wrist is nearer to the truth than the one that the arm's network guesses."""
    joints = joints.clone()
    for wrist, hand in ((LEFT_WRIST, LEFT_HAND.start), (RIGHT_WRIST, RIGHT_HAND.start)):
        joints[..., wrist, :] = torch.where(joints[..., hand, 2:] > 0, joints[..., hand, :], joints[..., wrist, :])
    return joints


def _with_usual_torso(body: Tensor, present: Tensor) -> tuple[Tensor, Tensor]:
    """Body (..., 7, 2) in shoulder widths and its presence (..., 7), of which the signer's wrists alone are kept."""
    body, present = body.clone(), present.clone()
    for joint, place in USUAL_TORSO.items():
        body[..., joint, :] = body.new_tensor(place)
    present[..., [LEFT_ELBOW, RIGHT_ELBOW]] = False
    return body, present


def _in_hand_box(hand: Tensor, box: float) -> Tensor:
    low, high = hand.amin(dim=-2, keepdim=True), hand.amax(dim=-2, keepdim=True)
    half_side = (high - low).amax(dim=-1, keepdim=True).clamp(min=1e-3) * (box / 2)
    return (hand - (low + high) / 2) / half_side


def _in_shoulder_widths(positions: Tensor, seen: Tensor) -> tuple[Tensor, Tensor]:
    """All joints relative to the shoulders, and whether both of them are seen: (..., 49, 2) and (...) bool."""
    left, right = positions[..., LEFT_SHOULDER, :], positions[..., RIGHT_SHOULDER, :]
    middle = (left + right) / 2
    width = torch.linalg.vector_norm(left - right, dim=-1)
    # Shoulders of a signer who turns away fall together; the height of the head does not.
    head = torch.linalg.vector_norm(positions[..., NOSE, :] - middle, dim=-1) * seen[..., NOSE]
    unit = torch.maximum(width, head).clamp(min=1e-3)
    placed = (positions - middle[..., None, :]) / unit[..., None, None]
    return placed, seen[..., LEFT_SHOULDER] & seen[..., RIGHT_SHOULDER]
