"""How well a model learns signs that it was never taught: five new ones, three takes each, beside its own glosses.

    python -m benchmarks.personal_signs --data DATA [--model M...] [--draws 40] [--choose]

DATA holds wlasl100, wlasl2000 and asl_webcam as `python -m engine prepare` makes them. Each draw takes five glosses
outside the vocabulary, teaches three clips of each as a user would, and judges the other clips of these glosses:

* webcam: takes and tests of one signer, the takes from three parts of what the signer showed of a gloss;
* webcam, another signer: the same takes, tests of the other signers;
* WLASL: hands with an assumed body, takes and tests of any signers. Models that ship have seen these glosses in an
  earlier training, so this row flatters them; tests are validation or test clips.

Half of the glosses and WLASL100's validation clips are there to choose the constants of engine/recognition/personal.py
by (`--choose` prints figures for these), the other half and its test clips for the table. The intervals are bootstrap
ones over the draws: a draw shares signers and clips with others, its glosses are its own.
"""

import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import torch

from benchmarks.bad_input import command_line, run
from engine.commands.arguments import positive_integer
from engine.data.dataset import ClipDataset, LabelledClip, load_dataset
from engine.data.streams.material import NULL_GLOSS
from engine.features.activity import signing_span
from engine.features.batch import collate
from engine.models.folder import load_model, resolve_model
from engine.recognition.personal import KnownSigns, known_signs
from engine.recognition.recogniser import Recogniser

NEW_SIGNS: Final = 5
TAKES: Final = 3
UNKNOWN: Final = 300
"""Clips of glosses that nobody has taught."""
MOST_OF_A_GLOSS: Final = 15
"""Clips of one gloss by one signer of the webcam set; neighbours are cut from one take."""

Floats = npt.NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Judged:
    """What the classifier says of clips: calibrated logits (N, outputs) and features (N, D)."""

    logits: torch.Tensor
    features: torch.Tensor


@dataclass(frozen=True, slots=True)
class Draw:
    """New signs: for each the clips that are taught and those that are judged, as indices into `Material.new`."""

    takes: tuple[npt.NDArray[np.int64], ...]
    tests: tuple[npt.NDArray[np.int64], ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares of one draw; "accepted" means at or above the model's threshold.

    Attributes:
        right: of the new signs' clips, named rightly among glosses and new signs together.
        accepted: the same, and accepted.
        lost: of the vocabulary's clips, right before minus right with the new signs.
        lost_accepted: the same of those right and accepted.
        unknown: of unknown signs' clips, accepted as one of the new signs.
    """

    right: float
    accepted: float
    lost: float
    lost_accepted: float
    unknown: float


def main() -> None:
    """Print a table a model."""
    parser = command_line(__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", nargs="+", default=["wlasl100"], help="with the vocabulary of WLASL100")
    parser.add_argument("--draws", type=positive_integer, default=40)
    parser.add_argument("--choose", action="store_true", help="figures for choosing the constants by")
    arguments = parser.parse_args()
    half, split = (0, "val") if arguments.choose else (1, "test")
    for name in arguments.model:
        recogniser = Recogniser(load_model(resolve_model(name)))
        known = load_dataset(arguments.data / "wlasl100").split(split)
        webcam = _some_of_each(load_dataset(arguments.data / "asl_webcam"), recogniser.glosses)
        wlasl = load_dataset(arguments.data / "wlasl2000")
        print(f"{name}: {NEW_SIGNS} new signs, {TAKES} takes each, {arguments.draws} draws, WLASL100's {split} clips")
        print("| new signs | right | right and accepted | points lost | lost, accepted | unknown accepted |")
        print("|---|---|---|---|---|---|")
        vocabulary, unknown = judge(recogniser, known.clips), judge(recogniser, _unknown(wlasl, recogniser.glosses))
        for title, clips, draws in (
            ("webcam, one signer", webcam, _webcam_draws),
            ("webcam, another signer", webcam, _other_signer_draws),
            ("WLASL, any signer", _well_shown(wlasl, recogniser.glosses), _wlasl_draws),
        ):
            chosen = [clip for clip in clips if zlib.crc32(clip.gloss.encode()) % 2 == half]
            new = judge(recogniser, chosen)
            rng = np.random.default_rng(0)
            figures = [
                measure(recogniser, draw, new=new, vocabulary=vocabulary, known=known, unknown=unknown)
                for draw in _some(draws, chosen, rng, arguments.draws)
            ]
            print(f"| {title} | " + " | ".join(_cell(figures, of) for of in Figures.__slots__) + " |", flush=True)


@torch.inference_mode()
def judge(recogniser: Recogniser, clips: Sequence[LabelledClip]) -> Judged:
    """Run the classifier over trimmed clips, one by one, as `recognise` does."""
    judged = [recogniser.classified(recogniser.embed(collate([c.clip], [signing_span(c.clip)]))) for c in clips]
    return Judged(
        torch.cat([recogniser.calibrated(each) for each in judged]), torch.cat([each.features for each in judged])
    )


def measure(
    recogniser: Recogniser, draw: Draw, *, new: Judged, vocabulary: Judged, known: ClipDataset, unknown: Judged
) -> Figures:
    """Teach the signs of a draw and judge everything."""
    glosses, threshold = recogniser.glosses, recogniser.threshold
    taught = [(f"new {sign}", new.features[torch.from_numpy(takes)]) for sign, takes in enumerate(draw.takes)]
    before, after = (
        known_signs(glosses, signs, middle=recogniser.middle, temperature=recogniser.temperature)
        for signs in ([], taught)
    )
    tests = torch.from_numpy(np.concatenate(draw.tests))
    of_new = _named(after, Judged(new.logits[tests], new.features[tests]))
    truth = torch.cat([torch.full((len(each),), len(glosses) + sign) for sign, each in enumerate(draw.tests)])
    labels = torch.tensor(known.labels())
    confidence, answers = _named(after, unknown).max(dim=-1)
    right, accepted = _right(of_new, truth, threshold)
    right_before, accepted_before = _right(_named(before, vocabulary), labels, threshold)
    right_after, accepted_after = _right(_named(after, vocabulary), labels, threshold)
    return Figures(
        right=right,
        accepted=accepted,
        lost=right_before - right_after,
        lost_accepted=accepted_before - accepted_after,
        unknown=float(((answers >= len(glosses)) & (confidence >= threshold)).float().mean()),
    )


def _named(signs: KnownSigns, judged: Judged) -> torch.Tensor:
    return signs.probabilities(judged.logits, judged.features)


def _right(probabilities: torch.Tensor, labels: torch.Tensor, threshold: float) -> tuple[float, float]:
    confidence, answers = probabilities.max(dim=-1)
    right = answers == labels
    return float(right.float().mean()), float((right & (confidence >= threshold)).float().mean())


def _some(
    draws: Callable[[Sequence[LabelledClip], np.random.Generator], Draw],
    clips: Sequence[LabelledClip],
    rng: np.random.Generator,
    count: int,
) -> Iterator[Draw]:
    for _ in range(count):
        yield draws(clips, rng)


def _by_gloss(clips: Sequence[LabelledClip], *, signer: str | None = None, split: str | None = None) -> dict[str, Any]:
    """Indices of clips by gloss; with `split`, those of it ("train") or those that are not of it ("held out")."""
    found = defaultdict(list)
    for index, item in enumerate(clips):
        if signer in (None, item.signer) and (split is None or (item.split == "train") == (split == "train")):
            found[item.gloss].append(index)
    return {gloss: np.array(indices, np.int64) for gloss, indices in found.items()}


def _webcam_takes(clips: Sequence[LabelledClip], rng: np.random.Generator, signer: str) -> dict[str, Any]:
    """Three clips far apart of each of five glosses of a signer."""
    of_gloss = _by_gloss(clips, signer=signer)
    chosen = rng.choice(sorted(of_gloss), min(NEW_SIGNS, len(of_gloss)), replace=False)
    takes = {}
    for gloss in chosen:
        indices = of_gloss[gloss]
        third = len(indices) // TAKES
        takes[gloss] = indices[rng.integers(third) + third * np.arange(TAKES)]
    return takes


def _webcam_draws(clips: Sequence[LabelledClip], rng: np.random.Generator) -> Draw:
    signer = str(rng.choice(sorted({item.signer for item in clips})))
    takes, of_gloss = _webcam_takes(clips, rng, signer), _by_gloss(clips, signer=signer)
    tests = [np.setdiff1d(of_gloss[gloss], taught) for gloss, taught in takes.items()]
    return Draw(tuple(takes.values()), tuple(tests))


def _other_signer_draws(clips: Sequence[LabelledClip], rng: np.random.Generator) -> Draw:
    signers = defaultdict(set)
    for item in clips:
        signers[item.gloss].add(item.signer)
    shared = [item if len(signers[item.gloss]) > 1 else None for item in clips]
    signer = str(rng.choice(sorted({item.signer for item in shared if item is not None})))
    of_signer = [item for item in clips if len(signers[item.gloss]) > 1]
    places = np.array([index for index, item in enumerate(shared) if item is not None])
    takes, of_gloss = _webcam_takes(of_signer, rng, signer), _by_gloss(of_signer)
    own = _by_gloss(of_signer, signer=signer)
    tests = [np.setdiff1d(of_gloss[gloss], own[gloss]) for gloss in takes]
    return Draw(tuple(places[taught] for taught in takes.values()), tuple(places[each] for each in tests))


def _wlasl_draws(clips: Sequence[LabelledClip], rng: np.random.Generator) -> Draw:
    taught, held_out = _by_gloss(clips, split="train"), _by_gloss(clips, split="held out")
    chosen = rng.choice(sorted(taught), NEW_SIGNS, replace=False)
    return Draw(
        tuple(rng.choice(taught[gloss], TAKES, replace=False) for gloss in chosen),
        tuple(held_out[gloss] for gloss in chosen),
    )


def _some_of_each(webcam: ClipDataset, glosses: Sequence[str]) -> list[LabelledClip]:
    """Clips at equal distances of what each signer shows of each gloss outside the vocabulary."""
    found = defaultdict(list)
    for item in webcam.clips:
        if item.gloss not in (*glosses, NULL_GLOSS):
            found[item.gloss, item.signer].append(item)
    return [
        clips[index]
        for clips in found.values()
        for index in np.linspace(0, len(clips) - 1, min(len(clips), MOST_OF_A_GLOSS)).astype(int)
    ]


def _well_shown(wlasl: ClipDataset, glosses: Sequence[str]) -> list[LabelledClip]:
    """Clips of the glosses outside the vocabulary with enough to teach and two to judge."""
    train, others = _by_gloss(wlasl.clips, split="train"), _by_gloss(wlasl.clips, split="held out")
    fit = {gloss for gloss in train if len(train[gloss]) >= TAKES and len(others.get(gloss, ())) >= 2} - set(glosses)
    some = set(np.random.default_rng(0).permutation(sorted(fit))[:100])
    return [item for item in wlasl.clips if item.gloss in some]


def _unknown(wlasl: ClipDataset, glosses: Sequence[str]) -> list[LabelledClip]:
    """Held-out clips of glosses that `_well_shown` does not use."""
    used = {item.gloss for item in _well_shown(wlasl, glosses)} | set(glosses)
    strangers = [item for item in wlasl.clips if item.split != "train" and item.gloss not in used]
    return [strangers[index] for index in np.random.default_rng(0).permutation(len(strangers))[:UNKNOWN]]


def _cell(figures: Sequence[Figures], of: str) -> str:
    values = np.array([float(getattr(each, of)) for each in figures]) * 100
    draws = np.random.default_rng(0).integers(len(values), size=(2000, len(values)))
    low, high = np.percentile(values[draws].mean(axis=1), [2.5, 97.5])
    return f"{values.mean():.1f} [{low:.1f}, {high:.1f}]"


if __name__ == "__main__":
    run(main)
