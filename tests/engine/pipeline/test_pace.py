"""From when on a machine counts as slow."""

import pytest

from engine.pipeline.pace import Pace


@pytest.mark.parametrize(
    ("read", "captured", "slow"),
    [
        (12.4, 29.8, True),
        (28.0, 30.0, False),
        (21.0, 60.0, False),  # as much as the models read
        (14.8, 15.0, False),  # a slow camera, not a slow machine
        (12.1, 15.0, False),
        (0.0, 30.0, False),  # nothing has been read yet
    ],
)
def test_a_machine_is_slow_where_it_reads_much_less_than_comes_and_less_than_the_models_want(
    read: float, captured: float, slow: bool
) -> None:
    assert Pace(captured=captured, read=read).slow is slow
