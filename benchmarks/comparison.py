"""The trainings that docs/EVALUATION.md compares, each with the same budget of epochs and three seeds.

    python -m benchmarks.comparison --data DATA [--only NAME...] [--seeds 0 1 2]

DATA holds wlasl100 and wlasl2000 as `python -m engine prepare` makes them. Pre-training sees the training clips of all
glosses, once for each kind, without or with their labels; fine-tuning sees those of WLASL100, once for each seed. Both
have recipes in benchmarks/recipes. A result is a line of docs/evaluation/comparison.jsonl; what has one is not trained
again, and a run that was interrupted goes on. `python -m benchmarks.evaluation_page` makes the page.
"""

import argparse
import hashlib
import json
import math
from collections import defaultdict
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from engine.data.dataset import ClipDataset, joined, load_dataset, pooled
from engine.evaluation.isolated import labels_for, score_clips
from engine.evaluation.metrics import accuracy
from engine.models.classifier import SignClassifier
from engine.models.folder import Calibration, TrainedModel, save_model
from engine.models.pretrained import DESCRIPTION, save_encoder
from engine.recognition.devices import choose_device
from engine.recognition.recogniser import Recogniser
from engine.training.loop import Run
from engine.training.masa import pretrain
from engine.training.progress import EpochReport
from engine.training.recipe import FineTuning, PreTraining, load_recipe
from engine.training.start import network_from
from engine.training.supervised import train_classifier

HERE: Final = Path(__file__).parent
RESULTS: Final = HERE.parent / "docs" / "evaluation" / "comparison.jsonl"
RUNS: Final = Path("runs") / "comparison"
FINE_TUNING, PRE_TRAINING = (str(HERE / "recipes" / f"{name}.toml") for name in ("finetune", "pretrain"))


@dataclass(frozen=True, slots=True)
class Experiment:
    """One row of a comparison.

    Attributes:
        name: of the row.
        masa: what differs from MASA as the paper states it; None for none of its pre-training.
        taught: whether the labels of all glosses teach the network before it is fine-tuned, for as many epochs.
        labels: share of each gloss's training clips that fine-tuning sees, rounded up to whole clips.
        frozen: whether the encoder stays as it is, so that pooling and classifier alone are trained.
        epochs: of pre-training; None for as many as the budget of every other row allows.
    """

    name: str
    masa: dict[str, Any] | None = field(default_factory=dict)
    taught: bool = False
    labels: float = 1.0
    frozen: bool = False
    epochs: int | None = None


EXPERIMENTS: Final = (
    Experiment("scratch", masa=None),
    Experiment("MASA"),
    Experiment("MASA, pre-trained for 36 epochs", epochs=36),
    Experiment("labels of all 2,000 glosses", masa=None, taught=True),
    Experiment("MASA, then labels of all 2,000 glosses", taught=True),
    Experiment("random mask, static target", {"mask": "random", "target": "joints"}),
    Experiment("random mask, motion target", {"mask": "random"}),
    Experiment("motion mask, static target", {"target": "joints"}),
    Experiment("no semantic alignment", {"lambda_s": 0.0}),
    Experiment("mask ratio 70 %", {"mask_ratio": 0.7}),
    Experiment("mask ratio 50 %", {"mask_ratio": 0.5}),
    Experiment("one-signed target (released code)", {"one_signed": True}),
    Experiment("masks per part (released code)", {"part_masks": True}),
    Experiment("MASA, frozen encoder", frozen=True),
    *(
        Experiment(f"{name}, {share:.0%} of each gloss's labels, rounded up", masa, labels=share)
        for share in (0.1, 0.3, 0.6)
        for name, masa in (("scratch", None), ("MASA", {}))
    ),
)


def main() -> None:
    """Run what has no result yet."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--only", nargs="+", choices=[experiment.name for experiment in EXPERIMENTS])
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    arguments = parser.parse_args()
    chosen = [each for each in EXPERIMENTS if arguments.only is None or each.name in arguments.only]
    for seed in arguments.seeds:
        for experiment in chosen:
            if not any((line["name"], line["seed"]) == (experiment.name, seed) for line in read_results()):
                _append(_run(experiment, seed, arguments.data))


def read_results() -> list[dict[str, Any]]:
    """All results so far."""
    if not RESULTS.is_file():
        return []
    return [json.loads(line) for line in RESULTS.read_text(encoding="utf-8").splitlines()]


def some_labels(dataset: ClipDataset, share: float) -> ClipDataset:
    """The first clips of each gloss, at least one."""
    of_gloss = defaultdict(list)
    for item in dataset.clips:
        of_gloss[item.gloss].append(item)
    kept = [item for clips in of_gloss.values() for item in clips[: math.ceil(share * len(clips))]]
    return ClipDataset(dataset.glosses, tuple(kept))


def _run(experiment: Experiment, seed: int, data: Path) -> dict[str, Any]:
    device = choose_device("auto").device
    wlasl100 = load_dataset(data / "wlasl100")
    recipe = load_recipe(FineTuning, FINE_TUNING)
    if experiment.frozen:
        recipe = replace(recipe, schedule=replace(recipe.schedule, encoder_rate=0.0))
    before = _before(experiment, data, device)
    network = train_classifier(
        some_labels(wlasl100.split("train"), experiment.labels),
        recipe,
        Run(RUNS / f"{_slug(experiment.name)}-{seed}", seed=seed, device=device),
        first=_first(before, wlasl100, recipe, seed=seed),
        report=_tell(f"{experiment.name}, seed {seed}"),
    )
    model = TrainedModel(experiment.name, wlasl100.glosses, recipe.input, Calibration(), network.cpu())
    recogniser = Recogniser(model)
    held_out = wlasl100.split("val", "test")
    found = accuracy(score_clips(recogniser, held_out.clips), labels_for(recogniser, held_out))
    return {"name": experiment.name, "seed": seed} | asdict(found)


def _first(before: Path | None, dataset: ClipDataset, recipe: FineTuning, *, seed: int = 0) -> SignClassifier | None:
    return None if before is None else network_from(str(before), dataset.glosses, window=recipe.input, seed=seed)


def _before(experiment: Experiment, data: Path, device: str) -> Path | None:
    """The folder of what fine-tuning starts from; rows share it, and None means from nothing."""
    encoder = None if experiment.masa is None else _pretrained(experiment.masa, experiment.epochs, data, device)
    return _taught(encoder, data, device) if experiment.taught else encoder


def _pretrained(masa: dict[str, Any], epochs: int | None, data: Path, device: str) -> Path:
    """The folder of an encoder that was pre-trained with these settings."""
    recipe = load_recipe(PreTraining, PRE_TRAINING)
    schedule = replace(recipe.schedule, epochs=epochs or recipe.schedule.epochs)
    recipe = replace(recipe, masa=replace(recipe.masa, **masa), schedule=schedule)
    digest = hashlib.sha256(json.dumps(asdict(recipe)).encode()).hexdigest()[:8]
    name = "-".join(["pretrained", *(f"{key}={value}" for key, value in masa.items()), digest])
    folder = RUNS / name
    if not (folder / DESCRIPTION).is_file():
        clips = pooled(load_dataset(data / "wlasl2000"), load_dataset(data / "wlasl100")).split("train")
        encoder = pretrain(clips, recipe, Run(folder, device=device), report=_tell(name))
        save_encoder(folder, encoder.cpu(), window=recipe.input)
    return folder


def _taught(encoder: Path | None, data: Path, device: str) -> Path:
    """The folder of a model of all glosses: the recipe of fine-tuning, for as many epochs as pre-training has."""
    name = f"taught-{encoder.name if encoder else 'scratch'}"
    folder = RUNS / name
    if not folder.is_dir():
        recipe = load_recipe(FineTuning, FINE_TUNING)
        epochs = load_recipe(PreTraining, PRE_TRAINING).schedule.epochs
        recipe = replace(recipe, schedule=replace(recipe.schedule, epochs=epochs))
        clips = joined(load_dataset(data / "wlasl2000"), load_dataset(data / "wlasl100")).split("train")
        network = train_classifier(
            clips,
            recipe,
            Run(RUNS / f"{name}-run", device=device),
            first=_first(encoder, clips, recipe),
            report=_tell(name),
        )
        save_model(folder, TrainedModel(name, clips.glosses, recipe.input, Calibration(), network.cpu()))
    return folder


def _tell(name: str) -> Any:
    def tell(report: EpochReport) -> None:
        print(f"{name}: {report.line()}", flush=True)

    return tell


def _append(result: dict[str, Any]) -> None:
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    with RESULTS.open("a", encoding="utf-8") as file:
        file.write(json.dumps(result) + "\n")


def _slug(name: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in name.lower())


if __name__ == "__main__":
    main()
