"""The average motions that come along."""

import numpy as np
import pytest

from engine.joints import BODY, LEFT_HAND, LEFT_SHOULDER, RIGHT_HAND, RIGHT_SHOULDER
from engine.models.folder import load_model, resolve_model
from engine.sources.prototypes import HAND_PROTOTYPES, Prototype, load_all_prototypes, load_prototypes


@pytest.fixture(scope="module")
def everything() -> dict[str, Prototype]:
    return load_all_prototypes()


@pytest.mark.parametrize(("model", "share"), [("wlasl100", 1.0), ("wlasl300", 0.95), ("wlasl2000", 0.7)])
def test_the_signs_of_a_model_can_be_shown(everything: dict[str, Prototype], model: str, share: float) -> None:
    glosses = load_model(resolve_model(model)).glosses
    assert np.mean([gloss in everything for gloss in glosses]) >= share


def test_a_sign_is_shown_with_its_body_where_one_is_known(everything: dict[str, Prototype]) -> None:
    bodies, hands = load_prototypes(), load_prototypes(HAND_PROTOTYPES)
    assert not bodies.keys() & hands.keys()
    assert everything.keys() == bodies.keys() | hands.keys()
    for gloss, motion in bodies.items():
        assert np.array_equal(everything[gloss].joints, motion.joints)
    assert all(motion.has_arms for motion in bodies.values())
    assert not any(motion.has_arms for motion in hands.values())


def test_each_motion_shows_hands_before_a_torso(everything: dict[str, Prototype]) -> None:
    for gloss, motion in everything.items():
        hands = motion.joints[:, [LEFT_HAND.start, RIGHT_HAND.start], 2]
        assert hands.any(axis=1).mean() > 0.2, gloss
        shoulders = motion.joints[:, [LEFT_SHOULDER, RIGHT_SHOULDER]]
        assert shoulders[..., 2].all(), gloss
        assert (shoulders[:, 0, 0] > shoulders[:, 1, 0]).all(), gloss
        assert np.abs(motion.joints[:, BODY, :2]).max() < 5, gloss
