"""The card of a model that a command made: what the command knows, for whoever passes the model on to complete."""

import hashlib
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from engine.data.dataset import SPLITS, ClipDataset
from engine.evaluation.isolated import labels_for, score_clips
from engine.evaluation.metrics import accuracy
from engine.evaluation.reliability import abstention
from engine.files import atomic_write
from engine.models.folder import CARD, TrainedModel, load_model, read_card
from engine.recognition.recogniser import Recogniser

UNTOUCHED: Final = "<!-- As the command wrote it: {} -->\n"

log = logging.getLogger(__name__)


def write_card(folder: Path, *, command: str, data: Sequence[tuple[Path, ClipDataset]], held_out: ClipDataset) -> None:
    """Write CARD.md beside the weights that it describes; one that somebody has written or changed by hand stays.

    Args:
        folder: of the model, which is written and calibrated.
        command: the line that made it.
        data: the datasets that the line names.
        held_out: on which it was calibrated.
    """
    if (folder / CARD).exists() and not _untouched(read_card(folder)):
        log.warning("%s was kept as somebody wrote it: its figures may be those of another model.", folder / CARD)
        return
    card = _card(load_model(folder), command=command, data=data, held_out=held_out)
    atomic_write(folder / CARD, card + UNTOUCHED.format(_digest(card)))


def keep_card(folder: Path, source: Path) -> None:
    """Give a model that has no card that of `source`, the model it was made of with another threshold."""
    if not (folder / CARD).exists() and (card := read_card(source)):
        atomic_write(folder / CARD, card)


def _untouched(text: str) -> bool:
    card, mark, _ = text.rpartition(UNTOUCHED.partition("{")[0])
    return bool(mark) and text == card + UNTOUCHED.format(_digest(card))


def _digest(card: str) -> str:
    return hashlib.sha256(card.encode()).hexdigest()[:16]


def _card(model: TrainedModel, *, command: str, data: Sequence[tuple[Path, ClipDataset]], held_out: ClipDataset) -> str:
    recogniser = Recogniser(model)
    probabilities, labels = score_clips(recogniser, held_out.clips), labels_for(recogniser, held_out)
    found = accuracy(probabilities, labels)
    taken = abstention(probabilities, labels, threshold=model.calibration.threshold)
    weights = sum(weight.numel() for weight in model.network.parameters())
    streams = "a MASA encoder (arXiv 2405.20666)" + (" and a place stream" if model.network.config.place else "")
    right = "" if taken.accepted_right is None else f", of which {taken.accepted_right:.1f} % are right"
    return f"""# {model.name}

Names one of {len(model.glosses)} signs in the keypoints of a trimmed clip or of a live stream. This card says what the
command knew that made the model: complete it before you pass the model on.

| | |
|---|---|
| architecture | {streams}, {weights / 1e6:.1f} million weights |
| input | 49 joints from MediaPipe, {model.input.frames} frames at {model.input.rate:g} a second |
| licence of the data | not known to the command |

Made by

    {command}

of which the folders hold

{chr(10).join(f"* {path}: {_clips(dataset)}" for path, dataset in data)}

## Figures

On the {found.n} validation clips, by which temperature and threshold were set, so that they flatter:

| | per clip | per gloss |
|---|---|---|
| top-1 | {found.top1_instance:.1f} % [{found.ci95[0]:.1f}, {found.ci95[1]:.1f}] | {found.top1_class:.1f} % |
| top-5 | {found.top5_instance:.1f} % | {found.top5_class:.1f} % |

Test clips were not looked at: `python -m engine evaluate` does.

## Abstention

Below a threshold of {model.calibration.threshold:.3g} it says that it is not sure.
It accepts {taken.accepted:.0f} % of the validation clips{right}.

## Limits

Not known to the command: who signs in the data, how and before which cameras, what the model takes for a sign that is
none, and what it had learned before, where it was made of another one.
"""


def _clips(dataset: ClipDataset) -> str:
    counts = {split: sum(item.split == split for item in dataset.clips) for split in SPLITS}
    signers = {item.signer for item in dataset.clips if item.signer}
    told = ", ".join(f"{count} {split}" for split, count in counts.items() if count)
    return f"{told} clips, known signers: {len(signers)}"
