"""`train-segmenter`: teach the segmenter when signs are made, on streams made of clips."""

import argparse
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Final

import numpy as np

from engine.commands.arguments import (
    add_datasets_argument,
    add_json_argument,
    positive_integer,
    seed_number,
    whole_number,
)
from engine.commands.output import remark, tell_result
from engine.data.dataset import ClipDataset, LabelledClip, load_dataset
from engine.data.streams.conditions import Material, make_streams
from engine.data.streams.material import NULL_GLOSS, measurable, null_class
from engine.errors import UserFacingError
from engine.files import make_folder
from engine.models.segmenter import SegmenterConfig, save_segmenter
from engine.training.segmentation import Sample, SegmenterTraining, sample_of, train_segmenter

NAME = "train-segmenter"
HELP = "teach the segmenter when signs are made"

RATES: Final = (25.0, 30.0, 15.0, 12.0)
"""Frames a second of one round of training streams after the other."""
HELD_OUT_RATE: Final = 25.0
HELD_OUT_OTHERS: Final = 100


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_datasets_argument(
        parser,
        "folders made by `prepare`: all clips of the first, some of the others; asl_webcam gives the null class",
    )
    parser.add_argument("--out", type=Path, required=True, help="the folder to write")
    parser.add_argument(
        "--others", type=whole_number, default=500, help="clips of the others in a round (default: %(default)s)"
    )
    parser.add_argument(
        "--rounds", type=positive_integer, default=8, help="how often streams are made (default: %(default)s)"
    )
    parser.add_argument(
        "--epochs", type=positive_integer, default=SegmenterTraining().epochs, help="default: %(default)s"
    )
    parser.add_argument(
        "--ahead", type=whole_number, default=SegmenterConfig().ahead, help="frames that an answer waits for"
    )
    parser.add_argument("--seed", type=seed_number, default=0, help="of all random numbers")
    add_json_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    """Train on streams of the split "train", choose thresholds on those of "val", write the folder."""
    config = SegmenterConfig(ahead=arguments.ahead)
    if not config.makes_sense:
        raise UserFacingError(f"An answer cannot wait for {arguments.ahead} frames: choose --ahead from 0 to 20.")
    datasets = [load_dataset(folder) for folder in arguments.data]
    if NULL_GLOSS in datasets[0].glosses:
        raise UserFacingError(f"{arguments.data[0]} holds clips in which nobody signs: name a dataset of signs first.")
    unseen = _material(datasets, "val", others=HELD_OUT_OTHERS, seed=0)
    seeds = range(arguments.seed, arguments.seed + arguments.rounds)
    rounds = [_material(datasets, "train", others=arguments.others, seed=seed) for seed in seeds]
    make_folder(arguments.out)
    samples: list[Sample] = []
    for seed, material, rate in zip(seeds, rounds, cycle(RATES), strict=False):
        samples += _samples(material, config, rate=rate, seed=seed)
    held_out = list(_samples(unseen, config, rate=HELD_OUT_RATE, seed=0))
    training = SegmenterTraining(epochs=arguments.epochs)
    tell = remark if arguments.json else partial(print, flush=True)
    trained = train_segmenter(samples, held_out, config=config, training=training, seed=arguments.seed, report=tell)
    save_segmenter(arguments.out, trained)
    tell_result(f"Wrote {arguments.out}.", {"segmenter": str(arguments.out)}, as_json=arguments.json)
    return 0


def _material(datasets: Sequence[ClipDataset], split: str, *, others: int, seed: int) -> Material:
    first, *more = datasets
    signs = measurable(first.split(split).clips)
    null: tuple[LabelledClip, ...] = ()
    random = np.random.default_rng(seed)
    for dataset in more:
        if NULL_GLOSS in dataset.glosses:
            null += null_class(dataset, split)
        else:
            clips = measurable(dataset.split(split).clips)
            signs += tuple(clips[row] for row in random.permutation(len(clips))[:others])
    if not signs:
        raise UserFacingError(
            f"Split {split} holds no sign made by somebody whose shoulders are seen: streams are measured by them. "
            "Name a dataset that has bodies first."
        )
    return Material(signs=signs, null=null)


def _samples(material: Material, config: SegmenterConfig, *, rate: float, seed: int) -> Iterator[Sample]:
    for condition in material.conditions:
        for stream in make_streams(condition, material, rate=rate, seed=seed):
            yield sample_of(stream, config)
