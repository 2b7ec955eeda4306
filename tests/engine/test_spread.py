"""Median and 95th percentile."""

from collections import deque

import pytest

from engine.spread import Spread, spread


def test_between_two_values_they_are_interpolated() -> None:
    assert spread([4.0, 1.0, 2.0, 3.0]) == Spread(median=2.5, p95=pytest.approx(3.85))


def test_of_one_value_both_are_that_value_and_of_none_there_are_none() -> None:
    assert spread(deque([7])) == Spread(median=7, p95=7)
    assert spread(()) is None
