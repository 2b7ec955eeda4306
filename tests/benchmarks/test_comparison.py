"""Rows of a comparison have learned from the same clips."""

from dataclasses import replace

import numpy as np

from benchmarks.comparison import Trainings, some_labels
from benchmarks.evaluation_page import comparisons
from engine.data.dataset import ClipDataset
from tests.engine.training import tiny


def _dataset(*, clips: int = 4, nudge: float = 0.0) -> ClipDataset:
    items = tiny.dataset(copies=clips).clips
    joints = items[0].clip.joints.copy()
    joints[0, 0, 0] += nudge
    first = replace(items[0], clip=replace(items[0].clip, joints=joints))
    return ClipDataset(tiny.dataset(copies=clips).glosses, (first, *items[1:]))


def test_other_clips_have_another_name() -> None:
    name = Trainings(_dataset(), _dataset()).clips
    assert name == Trainings(_dataset(), _dataset()).clips
    assert name != Trainings(_dataset(nudge=1.0), _dataset()).clips
    assert name != Trainings(_dataset(clips=3), _dataset()).clips


def test_a_seed_draws_its_own_share_of_every_gloss() -> None:
    dataset = _dataset(clips=10)

    def drawn(share: float, seed: int) -> tuple[str, ...]:
        few = some_labels(dataset, share, seed=seed)
        assert np.bincount(few.labels()).tolist() == [max(1, round(10 * share))] * 3
        return tuple(item.name for item in few.clips)

    assert drawn(0.3, 1) == drawn(0.3, 1)
    assert len({drawn(0.3, seed) for seed in range(5)}) > 1
    assert len(set(drawn(1.0, 0))) == 30
    drawn(0.01, 0)


def test_rows_of_other_clips_stay_out_of_the_table() -> None:
    def row(name: str, clips: str, top1: float) -> dict[str, object]:
        return {"name": name, "seed": 0, "clips": clips, "top1_instance": top1, "top5_instance": 99.0}

    results = [row("scratch", "new", 70.1), row("scratch", "old", 50.2), row("MASA", "old", 90.3)]
    _, table, missing = comparisons(results, clips="new")
    assert "| scratch | 1 | 70.1 | 99.0 |" in table
    assert "50.2" not in table
    assert "90.3" not in table
    assert "MASA;" in missing
