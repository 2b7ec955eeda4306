import torch
from hypothesis import given
from hypothesis import strategies as st

from engine.features.model_input import ModelInput
from engine.training.masking import draw, hide, moving


@given(st.lists(st.lists(st.booleans(), min_size=9, max_size=9), min_size=1, max_size=4), st.floats(0.05, 0.95))
def test_a_share_of_the_candidates_is_drawn_and_never_all(rows: list[list[bool]], ratio: float) -> None:
    candidates = torch.tensor(rows)
    drawn = draw(candidates, ratio=ratio)
    assert not (drawn & ~candidates).any()
    assert drawn.sum(dim=1).tolist() == [int(count * ratio) for count in candidates.sum(dim=1).tolist()]
    assert ((drawn.sum(dim=1) < candidates.sum(dim=1)) | ~candidates.any(dim=1)).all()


def test_every_candidate_may_be_drawn() -> None:
    torch.manual_seed(0)
    candidates = torch.tensor([True, False, True, True])
    drawn = torch.stack([draw(candidates[None], ratio=0.5)[0] for _ in range(50)])
    assert drawn.any(dim=0).tolist() == candidates.tolist()


def test_a_frame_moves_when_half_of_its_seen_joints_do() -> None:
    residuals = torch.tensor([[6.0, 0.0], [0.0, -7.0], [1.0, 1.0], [0.0, 0.0]])
    seen = torch.ones(4)
    assert moving(residuals, seen, eps_m=5.0, delta=0.5)
    assert not moving(residuals, seen, eps_m=6.5, delta=0.5)
    assert not moving(residuals, torch.tensor([1.0, 0.0, 1.0, 1.0]), eps_m=5.0, delta=0.5)
    assert moving(residuals, torch.tensor([1.0, 0.0, 0.0, 1.0]), eps_m=5.0, delta=0.5)
    assert not moving(residuals, torch.zeros(4), eps_m=5.0, delta=0.5)


def test_hiding_takes_parts_or_whole_frames_away() -> None:
    frames = ModelInput(
        hands=torch.zeros(1, 3, 2, 21, 2),
        places=torch.zeros(1, 3, 2, 21, 2),
        hands_present=torch.ones(1, 3, 2, dtype=torch.bool),
        body=torch.zeros(1, 3, 7, 2),
        body_present=torch.ones(1, 3, 7, dtype=torch.bool),
        frames_present=torch.tensor([[True, True, False]]),
    )
    masked = torch.tensor([[[True, False, False], [True, True, True], [False, False, True]]])
    hidden = hide(frames, masked)
    assert hidden.frames_present.tolist() == [[True, False, False]]
    assert hidden.hands_present.tolist() == [[[False, True], [False, False], [True, True]]]
    assert hidden.body_present.all(dim=2).tolist() == [[True, False, False]]
