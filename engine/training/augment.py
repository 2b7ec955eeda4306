"""What the same sign looks like from another camera, by another signer, at another pace.

Keypoints in, keypoints out, before the shared preprocessing. Everything is drawn once for each clip of a batch, but for
the pace, which its clips share, and for what has each frame its own: noise, and single frames without a hand.
"""

import math
from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor

from engine.features.model_input import KeypointBatch
from engine.joints import (
    BODY,
    HAND_JOINTS,
    LEFT_HAND,
    LEFT_SHOULDER,
    LEFT_WRIST,
    MIRRORED,
    NOSE,
    RIGHT_HAND,
    RIGHT_SHOULDER,
    RIGHT_WRIST,
)

LED_BY: Final = (*range(BODY.stop), *[LEFT_HAND.start] * HAND_JOINTS, *[RIGHT_HAND.start] * HAND_JOINTS)
"""The joint that each joint follows when an arm reaches farther."""


@dataclass(frozen=True, slots=True)
class Augmentation:
    """Strengths; a strength of zero switches its change off.

    Attributes:
        mirror: probability of exchanging left and right, as a left-handed signer would.
        view_rotation, view_scale, view_shear: of the whole figure: degrees, and shares of its size.
        hand_rotation, hand_scale: of each hand about its middle.
        reach_scale, reach_shift: how far from the shoulders' middle arms and hands are, in both directions apart:
            shares of the distance, and shoulder widths; the same in all frames.
        arm_shift: of each body joint, in shoulder widths, the same in all frames.
        noise: of each joint in each frame: for hands the standard deviation in shares of the hand's extent, for the
            body the largest shift in shoulder widths.
        speed: the pace of a batch changes by a factor between 1 / (1 + speed) and 1 + speed.
        pace_change: how unevenly the pace may run within a clip, 0..1.
        edge_seconds: how far the first and the last moment may move.
        hand_loss: probability that a hand is lost for a while; drawn for each hand.
        frame_loss: probability that a hand is lost in a random share, up to half, of the frames; drawn for each hand.
        wrist_kept: probability that a lost hand leaves its wrist, which an arm tells, too; drawn for each hand.
        body_loss: probability that the body is missing.
    """

    mirror: float = 0.5
    view_rotation: float = 10.0
    view_scale: float = 0.15
    view_shear: float = 0.15
    hand_rotation: float = 15.0
    hand_scale: float = 0.15
    reach_scale: float = 0.0
    reach_shift: float = 0.0
    arm_shift: float = 0.05
    noise: float = 0.015
    speed: float = 0.35
    pace_change: float = 0.3
    edge_seconds: float = 0.15
    hand_loss: float = 0.25
    frame_loss: float = 0.25
    wrist_kept: float = 0.0
    body_loss: float = 0.05


class Augmenter:
    """Applies an `Augmentation`; its random numbers are torch's own, so that a seed repeats a training run."""

    def __init__(self, strengths: Augmentation) -> None:
        self._strengths = strengths
        self._device = torch.device("cpu")

    def __call__(self, batch: KeypointBatch) -> KeypointBatch:
        """Return a changed copy."""
        self._device = batch.joints.device
        # Pixels in half precision would be off by whole pixels.
        with torch.autocast(self._device.type, enabled=False):
            return self._changed(batch)

    def _changed(self, batch: KeypointBatch) -> KeypointBatch:
        joints, times, start, end = self._in_time(batch)
        shoulders = batch.joints[:, :, [LEFT_SHOULDER, RIGHT_SHOULDER]]
        middle, unit = _figure(shoulders)
        joints = self._mirrored(joints, middle)
        joints = self._seen_from_elsewhere(joints, middle)
        joints = self._other_reach(joints, middle, unit)
        joints = self._other_hands(joints)
        joints = self._other_arms(joints, unit)
        joints = self._with_losses(joints, times)
        return KeypointBatch(joints=joints, times=times, start=start, end=end)

    def _uniform(self, *shape: int, limit: float = 1.0) -> Tensor:
        """Uniform in [-limit, limit]."""
        return (self._random(*shape) * 2 - 1) * limit

    def _random(self, *shape: int) -> Tensor:
        return torch.rand(shape, device=self._device)

    def _in_time(self, batch: KeypointBatch) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Another pace, uneven within the clip, and other edges."""
        count = len(batch.start)
        start = batch.start + self._uniform(count, limit=self._strengths.edge_seconds)
        end = batch.end + self._uniform(count, limit=self._strengths.edge_seconds)
        last = batch.times[:, -1]
        start, end = start.clamp(min=0), torch.minimum(end, last)
        # One pace for the whole batch: its clips stay about equally long, which leaves little padding.
        factor = torch.exp(self._uniform(1, limit=math.log1p(self._strengths.speed)))
        swing = self._uniform(count, limit=self._strengths.pace_change) / (2 * math.pi)
        duration = last.clamp(min=1e-3)

        def warped(moments: Tensor) -> Tensor:
            phase = moments / duration[:, None]
            return factor[:, None] * duration[:, None] * (phase + swing[:, None] * torch.sin(2 * math.pi * phase))

        edges = warped(torch.stack([start, torch.maximum(end, start)], dim=1))
        return batch.joints, warped(batch.times), edges[:, 0], edges[:, 1]

    def _mirrored(self, joints: Tensor, middle: Tensor) -> Tensor:
        chosen = self._random(len(joints)) < self._strengths.mirror
        reflected = joints[:, :, list(MIRRORED)]
        x = 2 * middle[:, None, None, 0] - reflected[..., 0]
        reflected = torch.stack([x, reflected[..., 1], reflected[..., 2]], dim=-1)
        return torch.where(chosen[:, None, None, None], reflected, joints)

    def _seen_from_elsewhere(self, joints: Tensor, middle: Tensor) -> Tensor:
        matrix = self._linear_map(
            (len(joints),), rotation=self._strengths.view_rotation, scale=self._strengths.view_scale
        )
        shear = torch.eye(2, device=joints.device).repeat(len(joints), 1, 1)
        shear[:, 0, 1] = self._uniform(len(joints), limit=self._strengths.view_shear)
        positions = (joints[..., :2] - middle[:, None, None]) @ (shear @ matrix)[:, None] + middle[:, None, None]
        return torch.cat([positions, joints[..., 2:]], dim=-1)

    def _other_reach(self, joints: Tensor, middle: Tensor, unit: Tensor) -> Tensor:
        """Longer or shorter arms; a hand moves as its wrist does and keeps its shape."""
        count = len(joints)
        scale = torch.exp(self._uniform(count, 1, 1, 2, limit=math.log1p(self._strengths.reach_scale)))
        shift = self._uniform(count, 1, 1, 2, limit=self._strengths.reach_shift) * unit[:, None, None, None]
        led = joints[:, :, list(LED_BY), :2]
        way = (led - middle[:, None, None]) * (scale - 1) + shift
        way[:, :, [NOSE, LEFT_SHOULDER, RIGHT_SHOULDER]] = 0
        return torch.cat([joints[..., :2] + way, joints[..., 2:]], dim=-1)

    def _other_hands(self, joints: Tensor) -> Tensor:
        parts = [joints[:, :, BODY]]
        for part in (LEFT_HAND, RIGHT_HAND):
            hand = joints[:, :, part]
            positions = hand[..., :2]
            centre = positions.mean(dim=2, keepdim=True)
            matrix = self._linear_map(
                (len(joints),), rotation=self._strengths.hand_rotation, scale=self._strengths.hand_scale
            )
            extent = (positions.amax(2, keepdim=True) - positions.amin(2, keepdim=True)).amax(-1, keepdim=True)
            noise = self._uniform(*positions.shape, limit=self._strengths.noise * math.sqrt(3)) * extent
            positions = (positions - centre) @ matrix[:, None] + centre + noise
            parts.append(torch.cat([positions, hand[..., 2:]], dim=-1))
        return torch.cat(parts, dim=2)

    def _other_arms(self, joints: Tensor, unit: Tensor) -> Tensor:
        count, frames = joints.shape[:2]
        shift = self._uniform(count, 1, BODY.stop, 2, limit=self._strengths.arm_shift)
        noise = self._uniform(count, frames, BODY.stop, 2, limit=self._strengths.noise)
        body = joints[:, :, BODY]
        positions = body[..., :2] + (shift + noise) * unit[:, None, None, None]
        return torch.cat([torch.cat([positions, body[..., 2:]], dim=-1), joints[:, :, BODY.stop :]], dim=2)

    def _with_losses(self, joints: Tensor, times: Tensor) -> Tensor:
        """Missing joints have no confidence."""
        count, frames = times.shape
        joints = joints.clone()
        kept = torch.ones(*joints.shape[:3], 1, device=joints.device)
        span = times[:, -1:].clamp(min=1e-3)
        for part, wrist in ((LEFT_HAND, LEFT_WRIST), (RIGHT_HAND, RIGHT_WRIST)):
            lost = self._random(count, 1) < self._strengths.hand_loss
            begin = self._random(count, 1) * span
            length = self._random(count, 1) * 0.5 * span
            away = lost & (times >= begin) & (times < begin + length)
            share = (self._random(count, 1) < self._strengths.frame_loss) * self._random(count, 1) * 0.5
            away |= self._random(count, frames) < share
            if self._strengths.wrist_kept:
                # Where a body is seen its wrists stay when hands are lost; hands without a body have no other wrist.
                own = joints[:, :, part.start]
                stays = away & (own[..., 2] > 0) & (self._random(count, 1) < self._strengths.wrist_kept)
                joints[:, :, wrist] = torch.where(stays[..., None], own, joints[:, :, wrist])
            kept[:, :, part] = (~away)[..., None, None].to(kept.dtype)
        bodiless = self._random(count) < self._strengths.body_loss
        kept[:, :, BODY] *= (~bodiless)[:, None, None, None].to(kept.dtype)
        return joints * kept

    def _linear_map(self, shape: tuple[int, ...], *, rotation: float, scale: float) -> Tensor:
        """Random rotation by up to `rotation` degrees after scaling either axis; (*shape, 2, 2)."""
        angle = self._uniform(*shape, limit=math.radians(rotation))
        stretch = torch.exp(self._uniform(*shape, 2, limit=math.log1p(scale)))
        cosine, sine = torch.cos(angle), torch.sin(angle)
        turn = torch.stack([torch.stack([cosine, sine], -1), torch.stack([-sine, cosine], -1)], -2)
        return torch.diag_embed(stretch) @ turn


def _figure(shoulders: Tensor) -> tuple[Tensor, Tensor]:
    """Middle (B, 2) and width (B,) of the shoulders over a clip: (B, S, 2, 3); 0 and 1 where never seen."""
    seen = (shoulders[..., 2] > 0).all(dim=2)
    share = seen / seen.sum(dim=1, keepdim=True).clamp(min=1)
    middle = (shoulders[..., :2].mean(dim=2) * share[..., None]).sum(dim=1)
    width = torch.linalg.vector_norm(shoulders[:, :, 0, :2] - shoulders[:, :, 1, :2], dim=-1)
    return middle, torch.where(seen.any(dim=1), (width * share).sum(dim=1), torch.ones_like(width[:, 0]))
