"""The changes that make pictures worse keep what they should and change what their names say."""

import numpy as np
import pytest

from benchmarks.worse_pictures import CONDITIONS, lit, of_lines, smaller, smeared, washed_out
from engine.types import Image


@pytest.fixture
def image() -> Image:
    return np.random.default_rng(5).integers(0, 256, (480, 640, 3), np.uint8)


def random() -> np.random.Generator:
    return np.random.default_rng(0)


@pytest.mark.parametrize("name", CONDITIONS)
def test_every_change_makes_a_picture_of_the_same_proportions(image: Image, name: str) -> None:
    before = image.copy()
    worse = CONDITIONS[name](image, random())
    assert worse.dtype == np.uint8
    assert worse.shape[1] / worse.shape[0] == pytest.approx(640 / 480)
    assert (np.array_equal(worse, before)) == (name == "as recorded")
    np.testing.assert_array_equal(image, before)


def test_less_light_is_darker(image: Image) -> None:
    assert lit(0.15, noise=0)(image, random()).mean() == pytest.approx(0.15 * image.mean(), abs=1)


def test_less_contrast_keeps_the_order_of_grey_levels(image: Image) -> None:
    flat = washed_out(image, random())
    assert np.ptp(flat) == pytest.approx(0.35 * 255, abs=2)


def test_smearing_goes_sideways(image: Image) -> None:
    striped = np.zeros_like(image)
    striped[::2] = 200
    np.testing.assert_array_equal(smeared(15)(striped, random()), striped)
    assert smeared(15)(striped.transpose(1, 0, 2).copy(), random()).std() < 15


def test_fewer_lines_are_fewer(image: Image) -> None:
    assert of_lines(240)(image, random()).shape == (240, 320, 3)


def test_a_signer_farther_away_stands_before_a_wall(image: Image) -> None:
    room = smaller(0.5)(np.zeros_like(image), random())
    assert (room == 0).all(axis=2).sum() == 240 * 320
