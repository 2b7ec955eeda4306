import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from engine.models.eight_bits import LARGEST, SCALES, SMALLEST, rounded, unrounded


def matrix(seed: int, scale: float = 1.0, columns: int = SMALLEST // 8) -> Tensor:
    return scale * torch.randn(8, columns, generator=torch.Generator().manual_seed(seed))


@given(seed=st.integers(0, 2**31), scale=st.floats(1e-12, 1e12))
def test_no_weight_is_off_by_more_than_half_a_step_of_its_row(seed: int, scale: float) -> None:
    weights = matrix(seed, scale)
    again = unrounded(rounded({"weight": weights}))["weight"]
    step = weights.abs().amax(dim=1, keepdim=True) / LARGEST
    assert ((again - weights).abs() <= 0.501 * step).all()


def test_a_matrix_takes_a_quarter_and_the_rest_stays_as_it_is() -> None:
    state = {"large": matrix(0), "small": torch.randn(2, 3), "vector": torch.randn(4000), "count": torch.tensor(7)}
    stored = rounded(state)
    assert stored["large"].dtype == torch.int8
    assert stored["large" + SCALES].shape == (8,)
    assert all(torch.equal(stored[name], state[name]) for name in ("small", "vector", "count"))
    assert list(unrounded(stored)) == list(state)


def test_what_has_more_dimensions_keeps_its_shape_and_rows_of_zeros_stay_zero() -> None:
    kernels = matrix(1).view(8, -1, 4).clone()
    kernels[3] = 0
    again = unrounded(rounded({"kernels": kernels}))["kernels"]
    assert again.shape == kernels.shape
    assert not again[3].any()


def test_rounding_what_was_rounded_changes_nothing() -> None:
    once = unrounded(rounded({"weight": matrix(2)}))
    twice = unrounded(rounded(once))
    torch.testing.assert_close(twice, once, rtol=1e-6, atol=0)


def test_what_is_no_number_is_still_seen_to_be_none() -> None:
    weights = matrix(3)
    weights[2, 5] = torch.nan
    assert unrounded(rounded({"weight": weights}))["weight"].isnan().any()


@pytest.mark.parametrize(
    "scales", [torch.ones(7), torch.ones(8, 1), torch.ones(8, dtype=torch.int8), torch.ones(8).to(torch.float8_e5m2)]
)
def test_scales_that_do_not_fit_are_refused(scales: Tensor) -> None:
    with pytest.raises(ValueError, match="weight has scales"):
        unrounded({"weight": torch.zeros(8, 200, dtype=torch.int8), "weight" + SCALES: scales})


@pytest.mark.parametrize("shape", [(), (8,)])
def test_what_has_no_rows_has_no_scales(shape: tuple[int, ...]) -> None:
    stored = {"weight": torch.zeros(shape, dtype=torch.int8), "weight" + SCALES: torch.ones(shape)}
    with pytest.raises(ValueError, match="weight has scales"):
        unrounded(stored)
