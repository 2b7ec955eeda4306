"""Pre-training on synthetic signs: it learns, repeats itself, survives an interruption, and helps fine-tuning start."""

import math
from dataclasses import fields, replace
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from engine.errors import UserFacingError
from engine.features.model_input import InputSpec, normalise
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
from engine.models import config
from engine.models.classifier import SignClassifier
from engine.models.config import ModelConfig
from engine.models.folder import Calibration, TrainedModel, save_model
from engine.models.place import PlaceConfig
from engine.models.pretrained import DESCRIPTION, WEIGHTS, load_encoder, save_encoder
from engine.models.pretraining import MasaPretrainer
from engine.training import loop
from engine.training.augment import Augmentation
from engine.training.batches import DeviceClips
from engine.training.loop import Run
from engine.training.losses.motion import motion_residuals
from engine.training.masa import MotionAwareMaskedAutoencoder, crop_pixels, pretrain
from engine.training.masking import MOVING_JOINTS, moving
from engine.training.precision import Precision
from engine.training.progress import EpochReport
from engine.training.recipe import FineTuning, Masa, Mask, PreTraining, Target, load_recipe
from engine.training.schedule import Decay, Optimiser, Schedule, learning_rate
from engine.training.start import network_from
from tests.engine.training.tiny import ENCODER, GLOSSES, moving_dataset, weights

WINDOW = InputSpec(frames=16, rate=12.0)
RECIPE = PreTraining(
    encoder="small",
    input=WINDOW,
    augmentation=Augmentation(mirror=0.0),
    schedule=Schedule(epochs=8, batch_size=6, learning_rate=3e-3, averaging=0.5),
    masa=Masa(K=16, ramp=0.5),
)


@pytest.fixture(autouse=True)
def tiny_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(config.ENCODERS, "small", ENCODER)


def test_hands_without_a_body_have_wrists_that_move() -> None:
    """The arm's own guess of its wrist is missing there, and most of the training clips are like that."""
    torch.manual_seed(0)
    joints = torch.rand(1, 8, 49, 3) * 20
    joints[..., [LEFT_SHOULDER, RIGHT_SHOULDER], :2] = torch.tensor([[200.0, 100.0], [100.0, 100.0]])
    joints[..., 2] = 0.9
    joints[:, :, [LEFT_ELBOW, RIGHT_ELBOW, LEFT_WRIST, RIGHT_WRIST]] = 0
    joints[:, :, LEFT_HAND, 0] += torch.arange(8)[:, None] * 10
    joints[:, 5:, RIGHT_HAND] = 0
    frames = normalise(joints, torch.ones(1, 8, dtype=torch.bool), WINDOW)
    positions, confidence = crop_pixels(frames, joints[..., 2])
    assert confidence[0, :, LEFT_WRIST].tolist() == pytest.approx([0.9] * 8)
    assert confidence[0, :, RIGHT_WRIST].tolist() == pytest.approx([0.9] * 5 + [0] * 3)
    assert not confidence[..., [LEFT_ELBOW, RIGHT_ELBOW]].any()
    residuals, weights = motion_residuals(positions, confidence, k=3)
    arms = MOVING_JOINTS[2]
    assert (
        moving(residuals[:, :, arms], weights[:, :, arms], eps_m=5.0, delta=0.5)[0].tolist() == [True] * 5 + [False] * 3
    )


def test_masked_motion_can_be_learned() -> None:
    torch.manual_seed(0)
    still = Augmentation(**{strength.name: 0.0 for strength in fields(Augmentation)})
    objective = MotionAwareMaskedAutoencoder(replace(RECIPE, augmentation=still, masa=Masa(K=16, mask_ratio=0.5)))
    optimiser = torch.optim.AdamW(objective.parameters(), lr=3e-3)
    batch, labels = next(DeviceClips(moving_dataset(copies=4), "cpu").in_order(12))
    losses = []
    for _ in range(90):
        torch.manual_seed(1)  # the same masks, so that a tiny network can learn them by heart
        shown = objective(batch, labels, 0.0)
        optimiser.zero_grad()
        shown["loss"].backward()
        optimiser.step()
        losses.append(float(shown["motion"].detach()))
    assert losses[0] > 1
    assert losses[-1] < 0.3 * losses[0]


@pytest.mark.parametrize(
    "option",
    [
        {"mask": Mask.RANDOM},
        {"target": Target.JOINTS},
        {"lambda_s": 0.0},
        {"target": Target.ONE_SIGNED},
        {"part_masks": True},
        {"part_losses": True},
        {"k": 2},
        {"eps_m": 20.0},
        {"delta": 0.95},
        {"mask_ratio": 0.5},
        {"mu": 0.5},
        {"tau": 0.2},
        {"K": 8},
        {"dropped": 0.2},
        {"ramp": 0.9},
        {"decoder_blocks": 1},
    ],
    ids=str,
)
def test_every_setting_reaches_what_is_learned(option: dict[str, object]) -> None:
    """In three steps from the same weights with the same random numbers."""
    batch, labels = next(DeviceClips(moving_dataset(copies=2), "cpu").in_order(6))

    def losses(masa: Masa) -> list[float]:
        torch.manual_seed(0)
        objective = MotionAwareMaskedAutoencoder(replace(RECIPE, masa=masa))
        optimiser = torch.optim.SGD(objective.parameters(), lr=0.1)
        found = []
        for step in range(3):
            torch.manual_seed(step)
            loss = objective(batch, labels, 0.5)["loss"]
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            objective.after_step()
            found.append(float(loss.detach()))
        return found

    usual = losses(RECIPE.masa)
    changed = losses(replace(RECIPE.masa, **option))  # type: ignore[arg-type]
    assert all(math.isfinite(loss) for loss in changed)
    assert changed != pytest.approx(usual, rel=1e-6)
    assert losses(RECIPE.masa) == pytest.approx(usual, rel=1e-6)


@pytest.mark.parametrize("kind", [None, torch.bfloat16, torch.float16], ids=str)
def test_an_interrupted_pre_training_ends_with_the_same_encoder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: torch.dtype | None
) -> None:
    monkeypatch.setattr(loop, "best_precision", lambda device: Precision(device, kind))
    monkeypatch.setattr(loop, "CHECKPOINT_EVERY_S", 0.0)
    recipe = replace(RECIPE, schedule=replace(RECIPE.schedule, epochs=3))
    whole = pretrain(moving_dataset(copies=2), recipe, Run(tmp_path / "whole"))

    def interrupt(report: EpochReport) -> None:
        if report.epoch == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pretrain(moving_dataset(copies=2), recipe, Run(tmp_path / "cut"), report=interrupt)
    assert torch.equal(weights(whole), weights(pretrain(moving_dataset(copies=2), recipe, Run(tmp_path / "cut"))))


def test_the_momentum_copy_follows_slowly_and_learns_nothing_by_itself() -> None:
    networks = MasaPretrainer(ENCODER, decoder_blocks=1, queue_length=8)
    weight = networks.encoder.embedding.parts.no_hand
    slow = networks.momentum_encoder.embedding.parts.no_hand
    with torch.no_grad():
        weight.fill_(1.0)
    networks.follow(0.9)
    torch.testing.assert_close(slow, torch.full_like(slow, 0.1))
    assert not any(each.requires_grad for each in networks.momentum_encoder.parameters())


def test_the_queue_forgets_its_oldest_keys() -> None:
    networks = MasaPretrainer(ENCODER, decoder_blocks=1, queue_length=5)
    first, second = torch.ones(3, 128), 2 * torch.ones(4, 128)
    networks.enqueue(first)
    networks.enqueue(second)
    assert networks.queue[:, 0].tolist() == [2.0, 2.0, 1.0, 2.0, 2.0]
    assert int(networks.oldest) == 2


def test_what_is_masked_does_not_reach_the_encoder() -> None:
    torch.manual_seed(0)
    objective = MotionAwareMaskedAutoencoder(RECIPE).eval()
    seen: list[float] = []
    objective.networks.encoder.register_forward_hook(
        lambda _module, inputs, _output: seen.append(float(inputs[0].frames_present.float().sum()))
    )
    batch, labels = next(DeviceClips(moving_dataset(copies=2), "cpu").in_order(6))
    shown = objective(batch, labels, 1.0)
    assert shown["masked"] > 0.1
    assert seen == [pytest.approx(6 * WINDOW.frames * (1 - float(shown["masked"])))]


def test_the_share_that_is_masked_counts_parts() -> None:
    torch.manual_seed(0)
    objective = MotionAwareMaskedAutoencoder(replace(RECIPE, masa=replace(RECIPE.masa, part_masks=True)))
    seen: list[torch.Tensor] = []
    objective.networks.register_forward_pre_hook(lambda _module, inputs: seen.append(inputs[1]))
    shown = objective(*next(DeviceClips(moving_dataset(copies=2), "cpu").in_order(6)), 1.0)
    (masked,) = seen
    assert masked.any()
    assert not masked.all(dim=-1).any()  # one hand moves, the other and the body rest
    assert float(shown["masked"]) == pytest.approx(float(masked.float().mean()))


@pytest.mark.parametrize("masa", [Masa(K=16, part_masks=True), Masa(K=16)], ids=["parts", "whole frames"])
@pytest.mark.parametrize("target", Target)
def test_what_is_not_masked_costs_nothing(masa: Masa, target: Target) -> None:
    objective = MotionAwareMaskedAutoencoder(replace(RECIPE, masa=replace(masa, target=target, mask_ratio=0.5))).eval()
    batch, labels = next(DeviceClips(moving_dataset(copies=2), "cpu").in_order(6))

    def loss(*, where: bool | None) -> float:
        """Of predictions that are far off in what is masked, or in what is not."""

        def spoil(_: nn.Module, inputs: tuple[Tensor, ...], output: tuple[Tensor, Tensor]) -> tuple[Tensor, Tensor]:
            motion, queries = output
            for part, joints in enumerate((LEFT_HAND, RIGHT_HAND, BODY)):
                motion[:, :, joints] += 100.0 * (inputs[1][..., part, None, None] == where)
            return motion, queries

        hook = objective.networks.register_forward_hook(spoil)
        torch.manual_seed(0)
        shown = objective(batch, labels, 0.0)
        hook.remove()
        return float(shown["motion"].detach())

    assert loss(where=False) == loss(where=None)
    assert loss(where=True) > 1.5 * loss(where=None) + 1.0


def test_the_one_signed_target_is_the_same_in_a_mirror() -> None:
    """It learns one direction alone; a left hand that does as a right one does is to learn the same."""
    still = Augmentation(**{strength.name: 0.0 for strength in fields(Augmentation)})
    masa = Masa(K=16, target=Target.ONE_SIGNED, mask=Mask.RANDOM)
    batch, labels = next(DeviceClips(moving_dataset(copies=2), "cpu").in_order(6))
    losses = []
    for mirror in (0.0, 1.0):
        augmentation = replace(still, mirror=mirror)
        objective = MotionAwareMaskedAutoencoder(replace(RECIPE, augmentation=augmentation, masa=masa)).eval()
        objective.networks.register_forward_hook(lambda _module, _inputs, output: (0 * output[0], output[1]))
        torch.manual_seed(0)
        losses.append(float(objective(batch, labels, 0.0)["motion"].detach()))
    assert losses[0] > 0.1
    assert losses[1] == pytest.approx(losses[0], rel=1e-4)


def test_the_alignment_grows_to_its_weight_over_the_ramp() -> None:
    objective = MotionAwareMaskedAutoencoder(replace(RECIPE, masa=Masa(K=16, lambda_s=0.3, ramp=0.5))).eval()
    batch, labels = next(DeviceClips(moving_dataset(copies=2), "cpu").in_order(6))
    shares = []
    for progress in (0.0, 0.25, 0.5, 1.0):
        shown = objective(batch, labels, progress)
        shares.append(float(((shown["loss"] - shown["motion"]) / shown["alignment"]).detach()))
    assert shares == pytest.approx([0.0, 0.15, 0.3, 0.3], abs=1e-5)


def test_a_clips_own_key_is_not_among_those_of_other_clips() -> None:
    """The keys of a batch join the queue after they were compared with it, in the place of the oldest."""
    torch.manual_seed(0)
    objective = MotionAwareMaskedAutoencoder(replace(RECIPE, masa=replace(RECIPE.masa, K=6))).eval()
    batch, labels = next(DeviceClips(moving_dataset(copies=2), "cpu").in_order(6))
    queue = objective.networks.queue
    queue.zero_()
    strangers = float(objective(batch, labels, 1.0)["alignment"].detach())
    assert queue.norm(dim=1).tolist() == pytest.approx([1.0] * 6)
    own = float(objective(batch, labels, 1.0)["alignment"].detach())
    assert strangers < 0.1 < 0.5 < own


def test_the_recipes_for_a_large_gpu_are_the_papers() -> None:
    """Sections III and IV-B of arXiv 2405.20666; 20 of 400 epochs warm up, 100 ramp the alignment."""
    recipe = load_recipe(PreTraining, "masa-base")
    schedule = recipe.schedule
    assert recipe.masa == Masa(
        k=3,
        eps_m=5.0,
        delta=0.5,
        mask_ratio=0.9,
        mask=Mask.MOTION,
        target=Target.MOTION,
        part_masks=False,
        part_losses=False,
        mu=0.996,
        tau=0.07,
        K=6144,
        dropped=0.5,
        lambda_s=0.05,
        ramp=100 / 400,
        decoder_blocks=2,
    )
    assert (recipe.encoder, recipe.input.frames) == ("base", 32)
    assert (schedule.epochs, schedule.batch_size, schedule.learning_rate) == (400, 64, 1e-4)
    assert (schedule.warmup, schedule.decay) == (20 / 400, Decay.LINEAR)
    assert (schedule.weight_decay, schedule.second_moment) == (1e-4, 0.95)
    tuning = load_recipe(FineTuning, "wlasl100-paper")
    schedule = tuning.schedule
    assert (tuning.encoder, tuning.input, tuning.label_smoothing) == (recipe.encoder, recipe.input, 0.0)
    assert (schedule.optimiser, schedule.epochs, schedule.batch_size) == (Optimiser.SGD, 60, 64)
    rates = [learning_rate(schedule, step=100 * epoch + 50, steps=6000) for epoch in (0, 19, 20, 39, 40, 59)]
    assert rates == pytest.approx([1e-2, 1e-2, 1e-3, 1e-3, 1e-4, 1e-4])


def test_fine_tuning_starts_from_a_pre_trained_encoder(tmp_path: Path) -> None:
    encoder = pretrain(moving_dataset(copies=1), replace(RECIPE, schedule=Schedule(epochs=1)), Run(tmp_path / "run"))
    save_encoder(tmp_path / "encoder", encoder, window=WINDOW)
    network = network_from(str(tmp_path / "encoder"), GLOSSES, window=WINDOW)
    torch.testing.assert_close(weights(network.encoder), weights(encoder), atol=1e-3, rtol=1e-3)
    with pytest.raises(UserFacingError, match=r"set the recipe's \[input\]"):
        network_from(str(tmp_path / "encoder"), GLOSSES, window=replace(WINDOW, rate=25.0))


def test_a_model_with_another_window_is_one_line(tmp_path: Path) -> None:
    known = SignClassifier(ModelConfig(ENCODER, classes=2, input=WINDOW, place=PlaceConfig(width=8, heads=1))).eval()
    save_model(tmp_path / "known", TrainedModel("known", ("go", "run"), WINDOW, Calibration(), known))
    with pytest.raises(UserFacingError, match=r"set the recipe's \[input\]"):
        network_from(str(tmp_path / "known"), GLOSSES, window=replace(WINDOW, frames=WINDOW.frames + 8))


def known_model(folder: Path, glosses: tuple[str, ...], *, background: int) -> SignClassifier:
    """Save a model with a place stream and random weights."""
    place = PlaceConfig(width=8, heads=1)
    config = ModelConfig(ENCODER, classes=len(glosses), input=WINDOW, place=place, background=background)
    known = SignClassifier(config).eval()
    save_model(folder, TrainedModel("known", glosses, WINDOW, Calibration(), known))
    return known


def assert_rows(network: SignClassifier, known: SignClassifier, rows: dict[int, int]) -> None:
    """Rows of the classifiers of both streams are those of the model that was known before."""
    for name in ("head.weight", "head.bias", "place_head.weight", "place_head.bias"):
        now, before = network.state_dict()[name], known.state_dict()[name]
        torch.testing.assert_close(now[list(rows)], before[list(rows.values())], atol=1e-2, rtol=1e-2)


def test_fine_tuning_takes_over_the_glosses_that_a_model_knows(tmp_path: Path) -> None:
    known = known_model(tmp_path, ("go", "run"), background=0)
    network = network_from(str(tmp_path), GLOSSES, window=WINDOW)
    assert (network.config.classes, network.config.background) == (len(GLOSSES), 1)
    assert_rows(network, known, {GLOSSES.index("go"): 0, -1: 1})
    torch.testing.assert_close(network.hand_pooling.score.weight, known.hand_pooling.score.weight, atol=1e-3, rtol=1e-2)


@pytest.mark.parametrize("asked_for", [0, 1])
def test_what_a_model_knew_beyond_a_vocabulary_becomes_its_background(tmp_path: Path, asked_for: int) -> None:
    known = known_model(tmp_path, ("run", *GLOSSES), background=1)
    fewer = network_from(str(tmp_path), GLOSSES, window=WINDOW, background=asked_for)
    assert fewer.config.background == 2
    assert_rows(fewer, known, {0: 1, 1: 2, 2: 3, 3: 0, 4: 4})
    same = network_from(str(tmp_path), ("run", *GLOSSES), window=WINDOW, background=asked_for)
    assert same.config.background == 1
    assert_rows(same, known, {row: row for row in range(5)})


@pytest.mark.parametrize("asked_for", [0, 1])
def test_a_background_that_is_asked_for_is_there_where_nothing_else_is_known(tmp_path: Path, asked_for: int) -> None:
    known = known_model(tmp_path, ("run", *GLOSSES), background=0)
    same = network_from(str(tmp_path), ("run", *GLOSSES), window=WINDOW, background=asked_for)
    assert same.config.background == asked_for
    alone = network_from(str(tmp_path), GLOSSES, window=WINDOW, background=asked_for, keeps_others=False)
    assert alone.config.background == asked_for
    assert_rows(alone, known, {0: 1, 1: 2, 2: 3})


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda folder: (folder / WEIGHTS).unlink(), "encoder.safetensors is missing"),
        (lambda folder: (folder / WEIGHTS).write_bytes(b"no weights"), "is damaged"),
        (lambda folder: (folder / DESCRIPTION).write_text("{"), "not readable"),
        (lambda folder: (folder / DESCRIPTION).write_text('{"format": 1}'), "made for another version"),
    ],
)
def test_a_spoilt_encoder_is_one_line(tmp_path: Path, spoil: object, why: str) -> None:
    save_encoder(tmp_path, MasaPretrainer(ENCODER, decoder_blocks=1, queue_length=4).encoder, window=WINDOW)
    spoil(tmp_path)  # type: ignore[operator]
    with pytest.raises(UserFacingError, match=why):
        load_encoder(tmp_path)
