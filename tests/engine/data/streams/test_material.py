"""Which dataset gives which streams."""

from dataclasses import replace

import pytest

from engine.data.dataset import ClipDataset, LabelledClip
from engine.data.streams.conditions import Condition, make_streams
from engine.data.streams.material import gather_material
from engine.errors import UserFacingError
from engine.joints import BODY
from tests.engine.signers import sign


def clip(gloss: str, *, shape: int = 0, split: str = "val", name: str = "") -> LabelledClip:
    return LabelledClip(sign(shape=shape), gloss, split, "1", name or gloss)


def dataset(*clips: LabelledClip) -> ClipDataset:
    return ClipDataset(tuple(dict.fromkeys(item.gloss for item in clips)), clips)


SIGNS = dataset(clip("eat"), clip("go", shape=1), clip("eat", shape=2, split="test"))


def test_signs_come_from_the_split_of_the_first_dataset() -> None:
    material = gather_material(("eat", "go"), [SIGNS], "val")
    assert [item.gloss for item in material.signs] == ["eat", "go"]
    assert material.known == material.unknown == material.null == ()


def test_other_glosses_are_unknown_and_known_ones_go_with_them() -> None:
    more = dataset(clip("go", shape=3), clip("fox", shape=4), clip("owl", shape=5, split="test"))
    material = gather_material(("eat", "go"), [SIGNS, more], "val")
    assert [item.gloss for item in material.known] == ["go"]
    assert [item.gloss for item in material.unknown] == ["fox"]


def test_a_recording_that_stands_under_a_known_gloss_too_is_not_unknown() -> None:
    more = dataset(clip("go", shape=3, split="train"), clip("leave", shape=3), clip("fox", shape=4))
    assert [item.gloss for item in gather_material(("eat", "go"), [SIGNS, more], "val").unknown] == ["fox"]


def test_the_null_class_comes_in_the_order_in_which_it_was_recorded() -> None:
    webcam = dataset(clip("-", name="00002"), clip("tea", name="00000"), clip("-", name="00001"))
    material = gather_material(("eat", "go"), [SIGNS, webcam], "val")
    assert [item.name for item in material.null] == ["00001", "00002"]
    assert material.unknown == ()


def test_a_first_dataset_of_other_glosses_is_one_line() -> None:
    with pytest.raises(UserFacingError, match="name that of its vocabulary first"):
        gather_material(("fox",), [SIGNS], "val")


def test_a_split_that_is_missing_is_one_line() -> None:
    only_val = dataset(replace(clip("-"), split="val"))
    with pytest.raises(UserFacingError, match="No clips in split test"):
        gather_material(("eat", "go"), [SIGNS, only_val], "test")


def test_clips_without_a_body_take_no_part() -> None:
    bodiless = clip("go", shape=1)
    joints = bodiless.clip.joints.copy()
    joints[:, BODY] = 0
    bodiless = replace(bodiless, clip=replace(bodiless.clip, joints=joints))
    material = gather_material(("eat", "go"), [dataset(clip("eat"), bodiless)], "val")
    assert [item.gloss for item in material.signs] == ["eat"]
    assert list(make_streams(Condition.CUTS, material, rate=25.0, seed=0))
    with pytest.raises(UserFacingError, match="whose shoulders are seen"):
        gather_material(("go",), [dataset(bodiless)], "val")
