"""`pretrain`: teach an encoder motion from clips, without looking at their glosses (MASA)."""

import argparse

from engine.commands.training import add_training_arguments, announce, described_run, reporter
from engine.data.dataset import load_dataset, pooled
from engine.models.pretrained import save_encoder
from engine.training.masa import pretrain
from engine.training.recipe import PreTraining, load_recipe

NAME = "pretrain"
HELP = "pre-train an encoder on clips without their glosses"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_training_arguments(parser, data="folders made by `prepare`", out="the folder to write the encoder to")


def run(arguments: argparse.Namespace) -> int:
    """Pre-train on the split "train" and write the encoder."""
    recipe = load_recipe(PreTraining, arguments.config)
    dataset = pooled(*(load_dataset(folder) for folder in arguments.data)).split("train")
    with described_run(arguments) as described:
        encoder = pretrain(dataset, recipe, described, report=reporter(arguments))
        if described.workers.leads:
            save_encoder(arguments.out, encoder.cpu(), window=recipe.input)
            announce(arguments, encoder=str(arguments.out))
    return 0
