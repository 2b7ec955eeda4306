"""The card of a model that a command made: what the command knows, for whoever passes the model on to complete."""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from engine.data.dataset import SPLITS, ClipDataset
from engine.evaluation.isolated import labels_for, score_clips
from engine.evaluation.metrics import accuracy
from engine.evaluation.reliability import abstention
from engine.files import atomic_write
from engine.models.folder import CARD, TrainedModel, read_card
from engine.recognition.recogniser import Recogniser

BY_A_COMMAND: Final = "This card was written by the command that made the model"

log = logging.getLogger(__name__)


def write_card(
    folder: Path, model: TrainedModel, *, command: str, data: Sequence[tuple[Path, ClipDataset]], held_out: ClipDataset
) -> None:
    """Write CARD.md beside the weights; one that somebody has written by hand stays.

    Args:
        folder: of the model.
        model: calibrated.
        command: the whole line that made it.
        data: the datasets that the line names.
        held_out: on which it was calibrated.
    """
    there = read_card(folder)
    if there and BY_A_COMMAND not in there:
        log.warning("%s was kept, written by hand: its figures may be those of another model.", folder / CARD)
        return
    atomic_write(folder / CARD, _card(model, command=command, data=data, held_out=held_out))


def _card(model: TrainedModel, *, command: str, data: Sequence[tuple[Path, ClipDataset]], held_out: ClipDataset) -> str:
    recogniser = Recogniser(model)
    probabilities, labels = score_clips(recogniser, held_out.clips), labels_for(recogniser, held_out)
    found = accuracy(probabilities, labels)
    taken = abstention(probabilities, labels, threshold=model.calibration.threshold)
    weights = sum(weight.numel() for weight in model.network.parameters())
    streams = "a MASA encoder (arXiv 2405.20666)" + (" and a place stream" if model.network.config.place else "")
    right = "" if taken.accepted_right is None else f", of which {taken.accepted_right:.1f} % are right"
    return f"""# {model.name}

Names one of {len(model.glosses)} signs in the keypoints of a trimmed clip or of a live stream.
{BY_A_COMMAND}: complete it before you pass the model on.

| | |
|---|---|
| architecture | {streams}, {weights / 1e6:.1f} million weights |
| input | 49 joints from MediaPipe, {model.input.frames} frames at {model.input.rate:g} a second |
| training | `{command}` |
| data | {"; ".join(f"`{path}`: {_clips(dataset)}" for path, dataset in data)} |
| licence of the data | not known to the command |

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
    return f"{told} clips" + (f" of {len(signers)} signers" if signers else "")
