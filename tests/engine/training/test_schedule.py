import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.training.schedule import Decay, Schedule, learning_rate


@given(steps=st.integers(2, 400), warmup=st.floats(0, 0.5), decay=st.sampled_from(Decay))
def test_the_rate_rises_to_its_peak_and_falls_towards_zero(steps: int, warmup: float, decay: str) -> None:
    schedule = Schedule(learning_rate=2.0, warmup=warmup, decay=decay)
    rates = [learning_rate(schedule, step=step, steps=steps) for step in range(steps)]
    peak = rates.index(max(rates))
    assert max(rates) <= 2.0
    assert rates[: peak + 1] == sorted(rates[: peak + 1])
    assert rates[peak:] == sorted(rates[peak:], reverse=True)
    assert rates[-1] >= 0


def test_halfway_down_a_line_is_half_the_rate() -> None:
    schedule = Schedule(learning_rate=1.0, warmup=0.0, decay=Decay.LINEAR)
    assert learning_rate(schedule, step=51, steps=101) == pytest.approx(0.5)


def test_in_steps_the_rate_falls_to_a_tenth_after_each_third() -> None:
    schedule = Schedule(learning_rate=1.0, warmup=0.0, decay=Decay.STEPS)
    rates = [learning_rate(schedule, step=step, steps=61) for step in (1, 20, 22, 40, 42, 60)]
    assert rates == pytest.approx([1, 1, 0.1, 0.1, 0.01, 0.01])
