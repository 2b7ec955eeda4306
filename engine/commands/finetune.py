"""`finetune`: train a model on labelled clips and put it into a model folder."""

import argparse
import logging
from collections.abc import Iterator
from pathlib import Path

from engine.commands.model_card import write_card
from engine.commands.rejection import in_vain
from engine.commands.training import add_training_arguments, announce, described_run, reporter
from engine.data.dataset import BACKGROUND, calibrating_strangers, joined, load_dataset, with_background
from engine.errors import UserFacingError
from engine.evaluation.calibration import calibrated
from engine.models.folder import Calibration, TrainedModel, save_model
from engine.models.place import PlaceConfig
from engine.training.recipe import FineTuning, load_recipe, recipe_sets
from engine.training.start import network_from, teacher_from
from engine.training.supervised import train_classifier

NAME = "finetune"
HELP = "train a model on labelled clips"

log = logging.getLogger(__name__)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_training_arguments(
        parser,
        data="folders made by `prepare`; the first one's glosses are the vocabulary, others are left out",
        out="the model folder to write",
    )
    parser.add_argument(
        "--from",
        dest="start",
        metavar="MODEL",
        help="start from a pre-trained encoder (a folder made by `pretrain`) or from a model, by name or path; glosses "
        "that only this model knows become a background, so take the one with the most",
    )
    parser.add_argument(
        "--background",
        type=Path,
        nargs="+",
        action="extend",
        default=[],
        metavar="DIR",
        help="learn to reject, too: by the clips of these folders whose glosses are not in the vocabulary; those of "
        'the split "val" calibrate how much is rejected',
    )
    parser.add_argument("--teacher", metavar="MODEL", help="learn from this model's answers, too")


def run(arguments: argparse.Namespace) -> int:
    """Train on the split "train", calibrate on "val" of the first dataset and of the background, write the folder."""
    recipe = load_recipe(FineTuning, arguments.config)
    if not (recipe.schedule.encoder_rate or arguments.start):
        raise UserFacingError(
            f"{arguments.config} leaves the encoder as it is (schedule.encoder_rate = 0), and without --from its "
            "weights are random: name a pre-trained encoder or a model with --from, or set another encoder_rate."
        )
    folders = [*arguments.data, *arguments.background]
    data = [(folder, load_dataset(folder)) for folder in folders]
    main, *others = (dataset for _, dataset in data[: len(arguments.data)])
    dataset, held_out = joined(main, *others), main.split("val")
    backgrounds = [dataset for _, dataset in data[len(arguments.data) :]]
    if backgrounds:
        dataset = with_background(dataset, *backgrounds)
    training, unknown = dataset.split("train"), calibrating_strangers(backgrounds, frozenset(main.glosses))
    first = None
    if arguments.start:
        first = network_from(
            arguments.start,
            dataset.vocabulary,
            window=recipe.input,
            place=PlaceConfig() if recipe.place else None,
            background=int(dataset.has_background),
            seed=arguments.seed,
        )
    teacher = teacher_from(arguments.teacher, dataset.vocabulary) if arguments.teacher else None
    with described_run(arguments) as described:
        of_background = [item for item in training.clips if item.gloss == BACKGROUND]
        for split, shown in (("train", of_background), ("val", unknown)):
            if why := in_vain(arguments.background, shown, split=split):
                log.warning(why)
        for line in _unused(arguments, recipe, rejects=bool(first.config.background if first else backgrounds)):
            log.warning(line)
        network = train_classifier(
            training,
            recipe,
            described,
            held_out=held_out,
            first=first,
            teacher=teacher,
            report=reporter(arguments),
        )
        if described.workers.leads:
            model = TrainedModel(
                arguments.out.resolve().name, dataset.vocabulary, recipe.input, Calibration(), network=network.cpu()
            )
            model = calibrated(model, held_out, unknown)
            save_model(arguments.out, model)
            write_card(arguments.out, command=arguments.command, data=data, held_out=held_out)
            announce(arguments, model=str(arguments.out))
    return 0


def _unused(arguments: argparse.Namespace, recipe: FineTuning, *, rejects: bool) -> Iterator[str]:
    """Tell what the command or its recipe asks for and does not get, a sentence each.

    Args:
        rejects: whether the network has a background, from --background or from what it starts with.
    """
    if arguments.teacher and not recipe.distillation:
        yield "--teacher was given, but distillation is 0: it is not used."
    no_background = "there is no background, neither from --background nor from --from"
    for setting, used, why in (
        ("distillation", arguments.teacher, "no --teacher was given"),
        ("background", arguments.background, "no --background was given"),
        ("parts", rejects, no_background),
        ("backwards", rejects, no_background),
    ):
        if getattr(recipe, setting) and not used and recipe_sets(arguments.config, setting):
            yield f"{setting} is set, but {why}: it is not used."
