"""A tiny encoder and a few synthetic signs, enough for training to learn something in a second."""

import torch
from torch import nn

from engine.data.dataset import ClipDataset, LabelledClip
from engine.models.config import EncoderConfig
from tests.engine.signers import clip_of, pose, sign

GLOSSES = ("eat", "go", "who")
ENCODER = EncoderConfig(joint_widths=(8,), part_width=16, heads=2, blocks=1, feed_forward=16, dropout=0.1)


def dataset(*, split: str = "train", copies: int, first: int = 0) -> ClipDataset:
    clips = [
        LabelledClip(sign(shape=shape, raised=20 + copy), gloss, split, "1", f"{gloss}{copy}")
        for copy in range(first, first + copies)
        for shape, gloss in enumerate(GLOSSES)
    ]
    return ClipDataset(GLOSSES, tuple(clips))


def moving_dataset(*, copies: int) -> ClipDataset:
    """Clips whose hands go through the same four shapes, over and over."""
    clips = [
        LabelledClip(
            clip_of([pose(right=0.3, shape=(frame + copy) % 4) for frame in range(24)], rate=12.0),
            gloss,
            "train",
            "1",
            f"{gloss}{copy}",
        )
        for copy in range(copies)
        for gloss in GLOSSES
    ]
    return ClipDataset(GLOSSES, tuple(clips))


def weights(network: nn.Module) -> torch.Tensor:
    """Everything that a network has learned, in one row; running statistics left out."""
    return torch.cat([weight.detach().flatten() for weight in network.parameters()])
