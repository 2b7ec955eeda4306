"""The trainings that docs/EVALUATION.md compares, each with the same budget of epochs and three seeds.

    python -m benchmarks.comparison --data DATA [--only NAME...] [--seeds 0 1 2]

DATA holds wlasl100 and wlasl2000 as `python -m engine prepare` makes them. Pre-training sees the training clips of all
glosses, once for each kind; fine-tuning sees those of WLASL100, once for each seed. Both
have recipes in benchmarks/recipes. A result is a line of docs/evaluation/comparison.jsonl; what has one is not trained
again, and a run that was interrupted goes on. `python -m benchmarks.evaluation_page` makes the page.
"""

import hashlib
import json
import math
from collections import defaultdict
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.bad_input import command_line, run
from engine.commands.arguments import seed_number
from engine.data.dataset import ClipDataset, joined, load_dataset
from engine.evaluation.isolated import labels_for, score_clips
from engine.evaluation.metrics import accuracy
from engine.models.folder import Calibration, TrainedModel
from engine.models.pretrained import DESCRIPTION, save_encoder
from engine.recognition.devices import choose_device
from engine.recognition.recogniser import Recogniser
from engine.training.fingerprint import fingerprint_of_clips
from engine.training.loop import Run
from engine.training.masa import pretrain
from engine.training.progress import EpochReport
from engine.training.recipe import FineTuning, Mask, PreTraining, Target, load_recipe
from engine.training.schedule import Decay, Optimiser
from engine.training.start import network_from
from engine.training.supervised import train_classifier

HERE: Final = Path(__file__).parent
RESULTS: Final = HERE.parent / "docs" / "evaluation" / "comparison.jsonl"
RUNS: Final = Path("runs") / "comparison"
FINE_TUNING, PROBE, PRE_TRAINING = (
    str(HERE / "recipes" / f"{name}.toml") for name in ("finetune", "probe", "pretrain")
)
FINE_TUNED, PRE_TRAINED = 2, 3
"""Versions of fine-tuning and of what is pre-trained first; one is raised where the same recipe may no longer be as
good. Since 2 every step draws its random numbers anew, since 3 the wrists of hands without a body count as moving. Keys
are contrasted in single precision since, which changes a loss by less than a thousandth: too little for another one."""
EARLIER_CLIPS: Final = "9abb48fa"
"""The preparation of all glosses before this one: 17 of its 8,395 training clips are held-out recordings, 15 of them
under another gloss, and 987 of unknown rate were read at 30 frames a second, unlike their signers' other clips."""


@dataclass(frozen=True, slots=True)
class Experiment:
    """One row of a comparison.

    Attributes:
        name: of the row.
        masa: what differs from MASA as the paper states it; None for none of its pre-training.
        labels: share of each gloss's training clips that fine-tuning sees, rounded up to whole clips.
        frozen: whether the encoder stays as it is, so that pooling and classifier alone are trained.
        epochs: of pre-training; None for as many as the budget of every other row allows.
        changes: settings of fine-tuning that are not what its recipe says, in the recipe's own tables; those of input
            and augmentation hold for its pre-training, too.
    """

    name: str
    masa: dict[str, Any] | None = field(default_factory=dict)
    labels: float = 1.0
    frozen: bool = False
    epochs: int | None = None
    changes: dict[str, Any] = field(default_factory=dict)

    @property
    def version(self) -> int:
        """Of its training: results of an earlier one are not compared."""
        return FINE_TUNED if self.masa is None else max(FINE_TUNED, PRE_TRAINED)


PER_PART: Final = {"part_masks": True}
ALL_PER_PART: Final = PER_PART | {"part_losses": True}
USUAL_TORSO: Final = {"input": {"own_torso": False}}
AS_SHIPPED: Final = USUAL_TORSO | {"augmentation": {"wrist_kept": 0.5}}
SCRATCH: Final = Experiment("scratch", masa=None)
SCRATCH_AS_SHIPPED: Final = Experiment("scratch, the usual torso, wrists of lost hands", masa=None, changes=AS_SHIPPED)
MASA: Final = Experiment("MASA")
PRE_TRAININGS: Final = (
    SCRATCH,
    MASA,
    Experiment("random mask, static target", {"mask": Mask.RANDOM, "target": Target.JOINTS}),
    Experiment("random mask, motion target", {"mask": Mask.RANDOM}),
    Experiment("motion mask, static target", {"target": Target.JOINTS}),
    Experiment("no semantic alignment", {"lambda_s": 0.0}),
    Experiment("mask ratio 70 %", {"mask_ratio": 0.7}),
    Experiment("mask ratio 50 %", {"mask_ratio": 0.5}),
    Experiment("one-signed target (released code)", {"target": Target.ONE_SIGNED}),
    Experiment("masks per part (released code)", PER_PART),
    Experiment("masks and losses per part (released code)", ALL_PER_PART),
    Experiment("masks and losses per part, pre-trained for 24 epochs", ALL_PER_PART, epochs=24),
    SCRATCH_AS_SHIPPED,
    Experiment("masks and losses per part, the usual torso, wrists of lost hands", ALL_PER_PART, changes=AS_SHIPPED),
    Experiment("scratch, frozen encoder", masa=None, frozen=True),
    Experiment("MASA, frozen encoder", frozen=True),
    Experiment("masks per part, frozen encoder", PER_PART, frozen=True),
    *(
        Experiment(f"{name}, {share:.0%} of each gloss's labels, rounded up", masa, labels=share)
        for share in (0.1, 0.3, 0.6)
        for name, masa in (("scratch", None), ("MASA", {}), ("masks and losses per part", ALL_PER_PART))
    ),
)
"""What pre-training brings, and what of it."""

STILL: Final = dict.fromkeys(
    ("mirror", "view_rotation", "view_scale", "view_shear", "hand_rotation", "hand_scale", "arm_shift", "noise"), 0.0
)
EVEN: Final = dict.fromkeys(("speed", "pace_change", "edge_seconds"), 0.0)
COMPLETE: Final = dict.fromkeys(("hand_loss", "frame_loss", "body_loss"), 0.0)
PLAIN_SGD: Final = {
    "label_smoothing": 0.0,
    "schedule": {
        "optimiser": Optimiser.SGD,
        "learning_rate": 0.01,
        "warmup": 0.0,
        "decay": Decay.STEPS,
        "weight_decay": 0.0,
        "averaging": 0.0,
        "gradient_norm": 1000.0,
    },
}
RECIPE_PARTS: Final = tuple(
    replace(SCRATCH, name=name, changes=changes)
    for name, changes in (
        ("SGD in steps, without smoothed labels or averaged weights", PLAIN_SGD),
        ("without label smoothing", {"label_smoothing": 0.0}),
        ("without averaged weights", {"schedule": {"averaging": 0.0}}),
        ("without changes in space", {"augmentation": STILL}),
        ("without changes in time", {"augmentation": EVEN}),
        ("nothing lost or hidden", {"frame_dropout": 0.0, "augmentation": COMPLETE}),
        ("scratch, the usual torso", USUAL_TORSO),
        ("scratch, the usual torso, and a place stream", USUAL_TORSO | {"place": True}),
    )
)
"""What the recipe of fine-tuning is made of: each of its parts left out of training from scratch, or others added."""

EXPERIMENTS: Final = (*PRE_TRAININGS, *RECIPE_PARTS)


def main() -> None:
    """Run what has no result yet."""
    parser = command_line(__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--only", nargs="+", choices=[experiment.name for experiment in EXPERIMENTS])
    parser.add_argument("--seeds", type=seed_number, nargs="+", default=[0, 1, 2])
    arguments = parser.parse_args()
    chosen = [each for each in EXPERIMENTS if arguments.only is None or each.name in arguments.only]
    trainings = Trainings(load_dataset(arguments.data / "wlasl2000"), load_dataset(arguments.data / "wlasl100"))
    for seed in arguments.seeds:
        for experiment in chosen:
            if seed not in {line["seed"] for line in trainings.results(experiment)}:
                append(trainings.result(experiment, seed))


def some_labels(dataset: ClipDataset, share: float, *, seed: int) -> ClipDataset:
    """A share of each gloss's clips, drawn by the seed; at least one."""
    random = np.random.default_rng(seed)
    of_gloss = defaultdict(list)
    for item in dataset.clips:
        of_gloss[item.gloss].append(item)
    drawn = (random.permutation(len(clips))[: math.ceil(share * len(clips))] for clips in of_gloss.values())
    kept = [clips[row] for clips, rows in zip(of_gloss.values(), drawn, strict=True) for row in sorted(rows)]
    return ClipDataset(dataset.glosses, tuple(kept))


def with_changes(settings: Any, changes: dict[str, Any]) -> Any:
    """A copy of dataclasses within one another, changed by dictionaries within one another."""
    values = {
        name: with_changes(getattr(settings, name), value) if isinstance(value, dict) else value
        for name, value in changes.items()
    }
    return replace(settings, **values)


class Trainings:
    """The experiments over one preparation of the clips; rows share what they start from."""

    def __init__(self, wlasl2000: ClipDataset, wlasl100: ClipDataset) -> None:
        """Take the datasets as `prepare` makes them."""
        self._all_glosses = joined(wlasl2000, wlasl100).split("train")
        self._wlasl100 = wlasl100
        self._device = choose_device("auto").device
        learned = {True: self._all_glosses, False: wlasl100.split("train")}
        self._clips = {of_all: fingerprint_of_clips(clips)[:8] for of_all, clips in learned.items()}
        self._runs = RUNS / f"{self._clips[True]}-{FINE_TUNED}-{PRE_TRAINED}"

    def results(self, experiment: Experiment, *, clips: str | None = None) -> list[dict[str, Any]]:
        """Results of a row so far, on these clips or on the named preparation of them."""
        about = self.about(experiment) | ({"clips": clips} if clips else {})
        lines = RESULTS.read_text(encoding="utf-8").splitlines() if RESULTS.is_file() else []
        return [result for result in map(json.loads, lines) if about.items() <= result.items()]

    def about(self, experiment: Experiment) -> dict[str, Any]:
        """What results of a row have in common: others than these are not like for like."""
        clips = self._clips[experiment.masa is not None]
        return {"name": experiment.name, "clips": clips, "version": experiment.version}

    def result(self, experiment: Experiment, seed: int) -> dict[str, Any]:
        """Train one row with one seed, and measure it on WLASL100's validation and test clips."""
        recipe = load_recipe(FineTuning, PROBE if experiment.frozen else FINE_TUNING)
        recipe = with_changes(recipe, experiment.changes)
        glosses, window, first = self._wlasl100.glosses, recipe.input, None
        if experiment.masa is not None:
            encoder = str(self._pretrained(experiment, experiment.masa))
            first = network_from(encoder, glosses, window=window, keeps_others=False, seed=seed)
        network = train_classifier(
            some_labels(self._wlasl100.split("train"), experiment.labels, seed=seed),
            recipe,
            Run(self._runs / f"{_slug(experiment.name)}-{seed}", seed=seed, device=self._device),
            first=first,
            report=_tell(f"{experiment.name}, seed {seed}"),
        )
        model = TrainedModel(experiment.name, glosses, window, Calibration(), network.cpu())
        recogniser = Recogniser(model)
        held_out = self._wlasl100.split("val", "test")
        found = accuracy(score_clips(recogniser, held_out.clips), labels_for(recogniser, held_out))
        return self.about(experiment) | {"seed": seed} | asdict(found)

    def _pretrained(self, experiment: Experiment, masa: dict[str, Any]) -> Path:
        """The folder of an encoder that was pre-trained with these settings of MASA and the row's own."""
        recipe = load_recipe(PreTraining, PRE_TRAINING)
        seen = {table: experiment.changes[table] for table in ("input", "augmentation") if table in experiment.changes}
        epochs = {"epochs": experiment.epochs or recipe.schedule.epochs}
        recipe = with_changes(recipe, seen | {"masa": masa, "schedule": epochs})
        name = "-".join(["pretrained", *(f"{key}={value}" for key, value in masa.items()), _digest(recipe)])
        folder = self._runs / name
        if not (folder / DESCRIPTION).is_file():
            encoder = pretrain(self._all_glosses, recipe, Run(folder, device=self._device), report=_tell(name))
            save_encoder(folder, encoder.cpu(), window=recipe.input)
        return folder


def _digest(recipe: PreTraining) -> str:
    return hashlib.sha256(json.dumps(asdict(recipe)).encode()).hexdigest()[:8]


def _tell(name: str) -> Any:
    def tell(report: EpochReport) -> None:
        print(f"{name}: {report.line()}", flush=True)

    return tell


def append(result: dict[str, Any]) -> None:
    """Keep a result."""
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    with RESULTS.open("a", encoding="utf-8") as file:
        file.write(json.dumps(result) + "\n")


def _slug(name: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in name.lower())


if __name__ == "__main__":
    run(main)
