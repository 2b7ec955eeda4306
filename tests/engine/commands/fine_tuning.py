"""Fine-tuning as the tests of commands call it, on a dataset of two signs."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from engine.__main__ import main
from engine.data.dataset import LabelledClip, save_dataset
from tests.engine.signers import sign

GLOSSES = ("eat", "go")
RECIPE = """
for = "finetune"
encoder = "small"
schedule.epochs = 20
schedule.batch_size = 4
schedule.learning_rate = 0.01
schedule.averaging = 0.5
input.frames = 16
input.rate = 12.0
augmentation.mirror = 0.0
"""


def finetune(data: Path, *more: str) -> int:
    return main(
        ["finetune", "--config", "recipe.toml", "--data", str(data), "--out", "model", "--device", "cpu", *more]
    )


def others(data: Path, *splits: str, gloss: str = "who", shown: slice = slice(None)) -> Path:
    """Beside the data, clips of a sign that they do not hold, one for each of the splits; joints `shown` alone."""
    clips = []
    for copy, split in enumerate(splits):
        clip = sign(shape=5, raised=20 + copy)
        joints = np.zeros_like(clip.joints)
        joints[:, shown] = clip.joints[:, shown]
        clips.append((LabelledClip(replace(clip, joints=joints), gloss, split, str(copy % 2), f"{gloss}{copy}"), 25.0))
    save_dataset(data.parent / "others", (gloss,), clips)
    return data.parent / "others"
