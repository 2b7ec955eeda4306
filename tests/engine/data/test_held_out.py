"""Who is held out, and where their clips and those of others go."""

import pytest

from engine.data.held_out import LEFT_OUT, NOBODY, HeldOut
from engine.errors import UserFacingError

STRICT, SPARING = HeldOut(("2",)), HeldOut(("2",), spares_unknown=True)


@pytest.mark.parametrize(
    ("held_out", "split", "signer", "becomes"),
    [
        (NOBODY, "train", "1", "train"),
        (NOBODY, "train", "", "train"),
        (NOBODY, "test", "2", "test"),
        (STRICT, "train", "1", "train"),
        (STRICT, "val", "1", "val"),
        (STRICT, "test", "1", LEFT_OUT),
        (STRICT, "train", "2", "test"),
        (STRICT, "val", "2", "test"),
        (STRICT, "train", "", LEFT_OUT),
        (SPARING, "train", "", "train"),
        (SPARING, "test", "", LEFT_OUT),
        (SPARING, "train", "2", "test"),
    ],
)
def test_splits_are_redrawn_around_those_held_out(held_out: HeldOut, split: str, signer: str, becomes: str) -> None:
    assert held_out.split(split, signer=signer) == becomes


def test_a_signer_of_no_clip_is_refused() -> None:
    STRICT.check(["1", "2"])
    NOBODY.check([])
    with pytest.raises(UserFacingError, match="'2'"):
        STRICT.check(["1", "3"])
