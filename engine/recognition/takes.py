"""Is a take good enough to teach a sign by? Told by the keypoints alone, in sentences that say what to do."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import torch

from engine.features.activity import CONFIDENT, hands_raised, signing_span
from engine.features.batch import collate
from engine.features.model_input import InputSpec, model_input
from engine.joints import LEFT_HAND, LEFT_SHOULDER, RIGHT_HAND, RIGHT_SHOULDER
from engine.recognition.devices import one_thread
from engine.types import NANOSECONDS, KeypointClip

SHORTEST_NS: Final = NANOSECONDS * 4 // 10
"""A shorter movement is a twitch."""
FEWEST_FRAMES: Final = 8
BODY_SHARE: Final = 0.7
"""Share of the frames in which both shoulders must be seen."""
HANDS_SHARE: Final = 0.5
"""Share of the sign's frames in which a hand must be seen."""
EDGE_NS: Final = NANOSECONDS // 10
"""Hands must be at rest for so long at the beginning and at the end."""
FARTHEST: Final = 0.7
"""Shoulder widths between two takes of one sign; of takes of one signer in the webcam set 99 % lie nearer, of pairs of
different signs half lie farther."""
MOMENTS: Final = 16
_WINDOW: Final = InputSpec(frames=1024, rate=100.0)


def trimmed(recorded: KeypointClip) -> KeypointClip:
    """Cut a recording to the stretch in which a hand takes part."""
    start_ns, end_ns = signing_span(recorded)
    kept = (recorded.times_ns >= start_ns) & (recorded.times_ns <= end_ns)
    times_ns = recorded.times_ns[kept]
    return KeypointClip(recorded.joints[kept], times_ns - times_ns[0], recorded.size)


def complaints(recorded: KeypointClip | None, others: Sequence[KeypointClip] = ()) -> tuple[str, ...]:
    """Say what is wrong with a take, the most important thing first; nothing where it can be used.

    Args:
        recorded: from the hands at rest to the hands at rest, not yet trimmed; None where no frame came.
        others: takes of the same sign that were good, trimmed.
    """
    if recorded is None or len(recorded) < FEWEST_FRAMES:
        return ("The camera gave too few pictures: close other programmes that use it, and try again.",)
    found = _of_body(recorded)
    raised = hands_raised(recorded.joints)
    if not raised.any():
        return (*found, "No sign was seen: raise your hands when the countdown ends, and sign.")
    found += _of_edges(recorded, raised)
    take = trimmed(recorded)
    return found + _of_sign(take) + _of_others(take, others)


def difference(one: KeypointClip, other: KeypointClip) -> float:
    """How far the hands of two trimmed takes are apart on average, in shoulder widths, whatever their pace.

    Where only one of the takes shows a hand, that counts as one shoulder width.
    """
    (places, seen), (other_places, other_seen) = _path(one), _path(other)
    apart = torch.linalg.vector_norm(places - other_places, dim=-1)
    apart = torch.where(seen & other_seen, apart, (seen ^ other_seen).float())
    return float(apart.sum() / (seen | other_seen).sum().clamp(min=1))


def _of_body(recorded: KeypointClip) -> tuple[str, ...]:
    shoulders = (recorded.joints[:, [LEFT_SHOULDER, RIGHT_SHOULDER], 2] >= CONFIDENT).all(axis=1)
    if shoulders.mean() >= BODY_SHARE:
        return ()
    return ("Your shoulders were not in view: move back until the picture shows them both.",)


def _of_edges(recorded: KeypointClip, raised: np.typing.NDArray[np.bool_]) -> tuple[str, ...]:
    times_ns = recorded.times_ns
    if raised[times_ns <= times_ns[0] + EDGE_NS].any():
        return ("The beginning was cut off: keep your hands down until the countdown ends.",)
    if raised[times_ns >= times_ns[-1] - EDGE_NS].any():
        return ("The end was cut off: sign a little sooner, and put your hands down before the time is up.",)
    return ()


def _of_sign(take: KeypointClip) -> tuple[str, ...]:
    seen = (take.joints[:, [LEFT_HAND.start, RIGHT_HAND.start], 2] > 0).any(axis=1)
    if take.times_ns[-1] < SHORTEST_NS:
        return ("That was too short: sign a little slower.",)
    if seen.mean() < HANDS_SHARE:
        return ("Your hands were often not seen: keep them inside the picture, in better light.",)
    return ()


def _of_others(take: KeypointClip, others: Sequence[KeypointClip]) -> tuple[str, ...]:
    if not others or min(difference(take, other) for other in others) <= FARTHEST:
        return ()
    return ("This take looks unlike the others: make the same movement with the same hand.",)


def _path(take: KeypointClip) -> tuple[torch.Tensor, torch.Tensor]:
    """Where each hand is at moments of a take, (MOMENTS, 2, 2), and whether it is seen, (MOMENTS, 2) bool."""
    with one_thread():  # more would wait for one another on a busy machine, and the window with them
        frames = model_input(collate([take], [(int(take.times_ns[0]), int(take.times_ns[-1]))]), _WINDOW)
    length = int(frames.frames_present.sum())
    moments = torch.linspace(0, length - 1, MOMENTS).round().long()
    return frames.places[0, moments].mean(dim=2), frames.hands_present[0, moments]
