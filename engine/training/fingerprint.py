"""A name for everything that a run's weights depend on, so that no run goes on from another's checkpoint."""

import hashlib
import json
from dataclasses import asdict
from typing import Protocol

import numpy as np
from torch import nn

from engine.data.dataset import ClipDataset
from engine.training.recipe import FineTuning, PreTraining


def fingerprint(dataset: ClipDataset, recipe: FineTuning | PreTraining, *networks: nn.Module | None) -> str:
    """A digest of recipe, data and the networks that the run starts from."""
    digest = hashlib.sha256(json.dumps([asdict(recipe), dataset.glosses]).encode())
    _take_in(dataset, digest)
    for network in networks:
        for tensor in network.state_dict().values() if network else ():
            digest.update(tensor.cpu().numpy().tobytes())
    return digest.hexdigest()


def fingerprint_of_clips(dataset: ClipDataset) -> str:
    """A digest of the clips and their glosses alone: what is compared must have learned from the same."""
    digest = hashlib.sha256()
    _take_in(dataset, digest)
    return digest.hexdigest()


class _Digest(Protocol):
    def update(self, data: bytes, /) -> None: ...


def _take_in(dataset: ClipDataset, digest: _Digest) -> None:
    for item in dataset.clips:
        digest.update(item.gloss.encode())
        digest.update(item.clip.times_ns.tobytes())
        digest.update(np.ascontiguousarray(item.clip.joints).tobytes())
