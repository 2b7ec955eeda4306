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


@pytest.mark.parametrize("decay", [Decay.COSINE, Decay.LINEAR])
def test_halfway_down_the_rate_is_half_and_at_the_end_next_to_nothing(decay: Decay) -> None:
    schedule = Schedule(learning_rate=1.0, warmup=0.0, decay=decay)
    assert learning_rate(schedule, step=51, steps=101) == pytest.approx(0.5)
    assert max(learning_rate(schedule, step=step, steps=1000) for step in range(950, 1000)) < 0.1


def test_a_cosine_begins_to_fall_more_slowly_than_a_line() -> None:
    cosine, line = (
        learning_rate(Schedule(learning_rate=1.0, warmup=0.0, decay=decay), step=26, steps=101)
        for decay in (Schedule().decay, Decay.LINEAR)
    )
    assert cosine == pytest.approx(0.854, abs=1e-3)
    assert line == pytest.approx(0.75)


def test_in_steps_the_rate_falls_to_a_tenth_after_each_third() -> None:
    schedule = Schedule(learning_rate=1.0, warmup=0.0, decay=Decay.STEPS)
    rates = [learning_rate(schedule, step=step, steps=61) for step in (1, 20, 22, 40, 42, 60)]
    assert rates == pytest.approx([1, 1, 0.1, 0.1, 0.01, 0.01])
