"""MASA's pre-training objective: L_m + lambda_s L_s (arXiv 2405.20666, section III)."""

from typing import Final

import torch
from torch import Tensor, nn

from engine.data.dataset import ClipDataset
from engine.features.model_input import KeypointBatch, ModelInput, model_input, normalise, resample, without_padding
from engine.joints import BODY, BODY_JOINTS, HAND_JOINTS, LEFT_HAND, LEFT_WRIST, RIGHT_HAND, RIGHT_WRIST
from engine.models.config import ENCODERS
from engine.models.encoder import MasaEncoder
from engine.models.pretraining import MasaPretrainer
from engine.training.augment import Augmenter
from engine.training.batches import DeviceClips
from engine.training.fingerprint import fingerprint
from engine.training.loop import Run, train
from engine.training.losses.contrast import info_nce
from engine.training.losses.motion import motion_loss, motion_residuals
from engine.training.losses.one_signed import one_signed_loss
from engine.training.losses.parts import WHOLE
from engine.training.masking import MOVING_JOINTS, draw, hide, moving
from engine.training.objective import Objective
from engine.training.progress import Report
from engine.training.recipe import Mask, PreTraining, Target
from engine.training.workers import gathered

CROP: Final = 256
"""Pixels of a crop's side; eps_m is measured in them."""
BODY_CROP: Final = 3.0
"""Side of the body's crop in shoulder widths; a hand's crop is its box, 2 units wide."""
MOTION_UNIT: Final = 25.6
"""Pixels that count as one in the loss: a tenth of the crop, about what a joint of a moving frame moves."""
PARTS: Final = (BODY, LEFT_HAND, RIGHT_HAND)
RELEASED_LEAST: Final = 3.0
"""Pixels of motion below which the released code learns nothing."""


def pretrain(dataset: ClipDataset, recipe: PreTraining, run: Run, *, report: Report = lambda _: None) -> MasaEncoder:
    """Pre-train an encoder on the clips of `dataset`, whose glosses are not looked at; in evaluation mode."""
    torch.manual_seed(run.seed)
    objective = MotionAwareMaskedAutoencoder(recipe)
    train(
        objective,
        DeviceClips(dataset, run.device),
        recipe.schedule,
        run,
        fingerprint=fingerprint(dataset, recipe, objective),
        report=report,
    )
    return objective.networks.encoder


class MotionAwareMaskedAutoencoder(Objective):
    """Moving frames are masked and their motion is predicted; two views of a clip are drawn together."""

    def __init__(self, recipe: PreTraining) -> None:
        super().__init__()
        masa = recipe.masa
        self.networks = MasaPretrainer(
            ENCODERS[recipe.encoder], decoder_blocks=masa.decoder_blocks, queue_length=masa.K
        )
        self._recipe = recipe
        self._masa = masa
        self._augment = Augmenter(recipe.augmentation)

    @property
    def kept(self) -> nn.Module:
        return self.networks.encoder

    @property
    def encoder(self) -> nn.Module:
        return self.networks.encoder

    def inputs(self, batch: KeypointBatch) -> ModelInput:
        return without_padding(model_input(batch, self._recipe.input))

    def forward(self, batch: KeypointBatch, labels: Tensor, progress: float) -> dict[str, Tensor]:
        """See `Objective`; shows L_m, L_s and the share of all frames' parts that was masked."""
        masa = self._masa
        joints, frames_present = resample(self._augment(batch), self._recipe.input)
        whole = without_padding(normalise(joints, frames_present, self._recipe.input))
        positions, confidence = crop_pixels(whole, joints[:, : whole.frames_present.shape[1], :, 2])
        residuals, weights = motion_residuals(positions, confidence, k=masa.k)
        masked = self._masked(whole, residuals, weights)
        motion, queries = self.networks(hide(whole, masked), masked, whole.frames_present)
        target, weights = (positions, confidence) if masa.target == Target.JOINTS else (residuals, weights)
        loss_m = self._motion_loss(motion.float(), target / MOTION_UNIT, weights * _of_joints(masked))
        share = (masked.sum() / (masked.shape[-1] * whole.frames_present.sum())).float()
        shown = {"motion": loss_m, "masked": share}
        if not masa.lambda_s:
            return {"loss": loss_m} | shown
        loss_s = self._alignment(whole, queries)
        lambda_s = masa.lambda_s * min(1.0, progress / masa.ramp if masa.ramp else 1.0)
        return {"loss": loss_m + lambda_s * loss_s} | shown | {"alignment": loss_s}

    def after_step(self) -> None:
        self.networks.follow(self._masa.mu)

    def _masked(self, whole: ModelInput, residuals: Tensor, weights: Tensor) -> Tensor:
        """Draw what is masked: (B, F, 3)."""
        masa = self._masa
        if masa.part_masks:
            drawn = [
                draw(self._candidates(whole, residuals[:, :, joints], weights[:, :, joints]), ratio=masa.mask_ratio)
                for joints in MOVING_JOINTS
            ]
            return torch.stack(drawn, dim=-1)
        return draw(self._candidates(whole, residuals, weights), ratio=masa.mask_ratio)[..., None].expand(-1, -1, 3)

    def _candidates(self, whole: ModelInput, residuals: Tensor, weights: Tensor) -> Tensor:
        if self._masa.mask == Mask.RANDOM:
            return whole.frames_present
        return moving(residuals, weights, eps_m=self._masa.eps_m, delta=self._masa.delta) & whole.frames_present

    def _motion_loss(self, predicted: Tensor, target: Tensor, weights: Tensor) -> Tensor:
        parts = PARTS if self._masa.part_losses else WHOLE
        if self._masa.target != Target.ONE_SIGNED:
            return motion_loss(predicted, target, weights, parts=parts)
        least = RELEASED_LEAST / MOTION_UNIT
        # As the heads see it, where the left hand is mirrored.
        return one_signed_loss(_as_right(predicted), _as_right(target), weights, least=least, parts=parts)

    def _alignment(self, whole: ModelInput, queries: Tensor) -> Tensor:
        dropped = draw(whole.frames_present, ratio=self._masa.dropped)
        keys = self.networks.keys(hide(whole, dropped[..., None].expand(-1, -1, 3)))
        # A copy: the queue moves on below, before the gradient has been computed.
        loss = info_nce(queries, keys, self.networks.queue.clone(), tau=self._masa.tau)
        self.networks.enqueue(gathered(keys))
        return loss


def crop_pixels(frames: ModelInput, confidence: Tensor) -> tuple[Tensor, Tensor]:
    """Positions in pixels of crops of 256 by 256, hands and body each in their own, and how sure they are.

    A wrist is where its hand has it, and as sure as that is; a hand that came without an arm has a wrist, too.

    Args:
        frames: B clips of F frames.
        confidence: (B, F, 49) as resampled.

    Returns:
        positions (B, F, 49, 2) and confidence (B, F, 49), which is 0 where the model's input lacks a joint.
    """
    body = frames.body * (CROP / BODY_CROP)
    hands = frames.hands.flatten(2, 3) * (CROP / 2)
    present = torch.cat(
        [frames.body_present, frames.hands_present.repeat_interleave(HAND_JOINTS, dim=2)],
        dim=2,
    )
    confidence = confidence.clone()
    # Where no hand is seen the model's input has the arm's guess; from one to the other is no motion.
    confidence[:, :, [LEFT_WRIST, RIGHT_WRIST]] = confidence[:, :, [LEFT_HAND.start, RIGHT_HAND.start]]
    confidence = confidence * present * frames.frames_present[..., None]
    return torch.cat([body, hands], dim=2), confidence


def _as_right(joints: Tensor) -> Tensor:
    """(B, F, 49, 2) with the left hand mirrored, as the network treats it."""
    mirrored = joints.clone()
    mirrored[:, :, LEFT_HAND, 0] *= -1
    return mirrored


def _of_joints(masked: Tensor) -> Tensor:
    """Masked parts (B, F, 3) -> masked joints (B, F, 49)."""
    left, right, body = masked.unbind(dim=-1)
    hands = torch.stack([left, right], dim=-1).repeat_interleave(HAND_JOINTS, dim=-1)
    return torch.cat([body[..., None].expand(-1, -1, BODY_JOINTS), hands], dim=-1)
