"""Rows of a comparison have learned from the same clips."""

from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import benchmarks.comparison
from benchmarks.comparison import (
    EARLIER_CLIPS,
    EXPERIMENTS,
    FINE_TUNING,
    MASA,
    RECIPE_PARTS,
    SCRATCH,
    Trainings,
    append,
    some_labels,
    with_changes,
)
from benchmarks.evaluation_page import comparison
from engine.data.dataset import ClipDataset
from engine.models import config
from engine.training.recipe import FineTuning, load_recipe
from engine.training.schedule import Optimiser
from tests.engine.training import tiny


def _dataset(*, clips: int = 4, nudge: float = 0.0) -> ClipDataset:
    items = tiny.dataset(copies=clips).clips
    joints = items[0].clip.joints.copy()
    joints[0, 0, 0] += nudge
    first = replace(items[0], clip=replace(items[0].clip, joints=joints))
    return ClipDataset(tiny.dataset(copies=clips).glosses, (first, *items[1:]))


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


def test_results_of_other_clips_or_versions_are_not_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(benchmarks.comparison, "RESULTS", tmp_path / "results.jsonl")
    small = _dataset(clips=3)

    def trained(all_glosses: ClipDataset, wlasl100: ClipDataset = small) -> set[str]:
        trainings = Trainings(all_glosses, wlasl100)
        return {experiment.name for experiment in EXPERIMENTS if trainings.results(experiment)}

    assert trained(_dataset()) == set()
    for experiment in (SCRATCH, MASA):
        append(Trainings(_dataset(), small).about(experiment) | {"seed": 0})
    assert trained(_dataset()) == {SCRATCH.name, MASA.name}
    assert trained(_dataset(nudge=1.0)) == {SCRATCH.name}, "it learns from nothing but WLASL100"
    assert trained(_dataset(), _dataset(clips=2)) == set()
    monkeypatch.setattr(benchmarks.comparison, "PRE_TRAINED", 99)
    assert trained(_dataset()) == {SCRATCH.name}


def test_a_table_has_a_row_for_each_experiment_with_results() -> None:
    def line(top1: float, clips: str = "now", *, seed: int = 0) -> dict[str, object]:
        of_classes = {"top1_class": 60.0, "top5_class": 80.0}
        return {"top1_instance": top1, "top5_instance": 99.0, "clips": clips, "seed": seed} | of_classes

    found = {"scratch": [line(70.0), line(72.0, seed=1)], "MASA": [line(90.3, EARLIER_CLIPS)]}
    table, missing = comparison(defaultdict(list, found), (SCRATCH, *RECIPE_PARTS))
    assert "| scratch | 2 | 71.0 ± 1.4 | 99.0 ± 0.0 | 60.0 ± 0.0 / 80.0 ± 0.0 |" in table
    assert "90.3" not in table
    assert "without label smoothing;" in missing
    table, why = comparison(defaultdict(list, found), (SCRATCH, MASA))
    assert "| MASA * | 1 | 90.3 | 99.0 | 60.0 / 80.0 |" in table
    assert "as they were prepared before" in why

    more = {"scratch": [line(60.0 + seed, seed=seed) for seed in (0, 1, 2, 3, 4)]}
    (table,) = comparison(defaultdict(list, more), (SCRATCH,))
    assert "| scratch | 3 | 61.0 ± 1.0 |" in table, "as many seeds as the others have"
    assert "| scratch | 5 | 62.0 ± 1.6 |" in table


def test_every_part_of_the_recipe_can_be_trained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(config.ENCODERS, "small", tiny.ENCODER)
    monkeypatch.setattr(benchmarks.comparison, "RUNS", tmp_path)
    once = load_recipe(FineTuning, FINE_TUNING)
    once = replace(once, schedule=replace(once.schedule, epochs=1))
    monkeypatch.setattr(benchmarks.comparison, "load_recipe", lambda _kind, _name: once)
    splits = (tiny.dataset(split=split, copies=2).clips for split in ("train", "val", "test"))
    dataset = ClipDataset(tiny.GLOSSES, tuple(clip for clips in splits for clip in clips))
    trainings = Trainings(dataset, dataset)
    for experiment in RECIPE_PARTS:
        found = trainings.result(experiment, 0)
        assert found["n"] == len(dataset.split("val", "test").clips)


def test_changes_reach_the_settings_that_they_name() -> None:
    recipe = load_recipe(FineTuning, FINE_TUNING)
    changed = with_changes(recipe, {"label_smoothing": 0.0, "schedule": {"optimiser": Optimiser.SGD}})
    assert changed == replace(recipe, label_smoothing=0.0, schedule=replace(recipe.schedule, optimiser=Optimiser.SGD))
    with pytest.raises(TypeError):
        with_changes(recipe, {"no_such_setting": 1})
