"""How often the feedback of practice blames signs that are right, and how often it finds what is wrong.

    python -m benchmarks.practice_feedback --data data/wlasl100 [--model M]

Clips of the validation and test splits go through the live recogniser, as a camera's would. Those that it names rightly
are compared with their prototypes as they are (a remark is then blame, though some show another variant of the sign),
and with one hand moved up, down or sideways in one third of the sign. The constants of
engine/recognition/prototype_difference.py were chosen while looking at both splits.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.bad_input import command_line, run
from engine.data.dataset import LabelledClip, load_dataset
from engine.features.motion import CLEAR_LEAD, lead_of_right_hand, signed_part
from engine.joints import LEFT_HAND, LEFT_SHOULDER, LEFT_WRIST, RIGHT_HAND, RIGHT_SHOULDER, RIGHT_WRIST
from engine.models.folder import load_model, resolve_model
from engine.recognition.memory import RecordedSign, RememberingStream
from engine.recognition.prototype_difference import Difference, Side, Third, clearest_difference
from engine.recognition.recogniser import Recogniser
from engine.recognition.stream import StreamRecogniser
from engine.sources.prototypes import Prototype, load_prototypes
from engine.types import KeypointClip, Keypoints

SHIFTS: Final = (0.6, 0.8, 1.0)
"""Shoulder widths by which a hand is moved."""
WAYS: Final = ((1, 0), (-1, 0), (0, 1), (0, -1))
AT_WORK: Final = 1.0
"""Shoulder widths below the shoulders: a hand that is lower on average is not moved."""
JOINTS: Final = {Side.LEFT: (LEFT_HAND, LEFT_WRIST), Side.RIGHT: (RIGHT_HAND, RIGHT_WRIST)}


def main() -> None:
    """Print a table for each split."""
    parser = command_line("Measure the feedback of practice rounds on real clips.")
    parser.add_argument("--data", type=Path, required=True, help="wlasl100 as `python -m engine prepare` makes it")
    parser.add_argument("--model", help="name or folder")
    arguments = parser.parse_args()
    recogniser = Recogniser(load_model(resolve_model(arguments.model)))
    prototypes = load_prototypes()
    dataset = load_dataset(arguments.data)
    print("| split | right signs | blamed | moved by | told | of these right hand | right hand and part |")
    print("|---|---|---|---|---|---|---|")
    for split in ("val", "test"):
        clips = [item for item in dataset.split(split).clips if item.gloss in prototypes]
        signs = [(sign, prototypes[item.gloss]) for item in clips if (sign := right_sign(recogniser, item)) is not None]
        report(split, signs)


def right_sign(recogniser: Recogniser, item: LabelledClip) -> RecordedSign | None:
    """Return what the live recogniser makes of a clip where that is right."""
    signs: list[RecordedSign] = []
    stream = RememberingStream(StreamRecogniser(recogniser), signs.append)
    for joints, time_ns in zip(item.clip.joints, item.clip.times_ns, strict=True):
        stream.push(Keypoints(joints, int(time_ns), item.clip.size))
    stream.finish()
    return next((sign for sign in signs if sign.event.gloss == item.gloss), None)


def report(split: str, signs: list[tuple[RecordedSign, Prototype]]) -> None:
    """Print the rows of one split."""
    blamed = np.mean([difference_of(sign.clip, prototype) is not None for sign, prototype in signs])
    for shift in SHIFTS:
        dice = np.random.default_rng(0)
        told, hand, both, tried = 0, 0, 0, 0
        for sign, prototype in signs:
            for side, part in chosen(sign.clip, dice):
                way = np.array(WAYS[dice.integers(len(WAYS))]) * shift
                found = difference_of(moved(sign.clip, side, part, way), prototype)
                tried += 1
                if found is not None:
                    told += 1
                    hand += found.side is side
                    both += found.side is side and found.part is part
        figures = f"{told / tried:.0%} | {hand / told:.0%} | {both / told:.0%}"
        print(f"| {split} | {len(signs)} | {blamed:.1%} | {shift} | {figures} |")


def difference_of(clip: KeypointClip, prototype: Prototype) -> Difference | None:
    """Compare as for a signer whose leading hand is known."""
    leads = lead(clip.joints) * lead(prototype.joints)
    return clearest_difference(clip, prototype, left_handed=leads < 0)


def lead(joints: np.typing.NDArray[np.float32]) -> int:
    """1 where the right hand is clearly seen longer, -1 where the left one is, otherwise 0."""
    ahead = lead_of_right_hand(joints)
    return int(np.sign(ahead)) if abs(ahead) > CLEAR_LEAD else 0


def chosen(clip: KeypointClip, dice: np.random.Generator) -> Iterator[tuple[Side, Third]]:
    """Yield one hand and third of the sign in which the hand is at work, if there is any."""
    heights = {cell: height_of(clip, *cell) for cell in ((side, part) for side in Side for part in Third)}
    at_work = [cell for cell, height in heights.items() if height < AT_WORK]
    if at_work:
        yield at_work[dice.integers(len(at_work))]


def height_of(clip: KeypointClip, side: Side, part: Third) -> float:
    """Shoulder widths below the shoulders, on average; infinite where the hand is mostly not seen."""
    inside = frames_of(clip, part)
    hand = clip.joints[inside, JOINTS[side][0].start]
    if (hand[:, 2] > 0).mean() < 0.5:
        return float("inf")
    middle, width = shoulders(clip)
    return float((hand[hand[:, 2] > 0, 1].mean() - middle) / width)


def moved(clip: KeypointClip, side: Side, part: Third, way: np.typing.NDArray[np.float64]) -> KeypointClip:
    """Move a hand with its wrist during a third of the sign, gently at both ends."""
    weight = np.convolve(np.pad(frames_of(clip, part).astype(float), 2, mode="edge"), np.ones(5) / 5, "valid")
    joints = clip.joints.copy()
    hand, wrist = JOINTS[side]
    for joint in (*range(hand.start, hand.stop), wrist):
        seen = joints[:, joint, 2] > 0
        joints[seen, joint, :2] += (weight[:, None] * way * shoulders(clip)[1])[seen]
    return replace(clip, joints=joints)


def frames_of(clip: KeypointClip, part: Third) -> np.typing.NDArray[np.bool_]:
    """Which frames lie in a third of the sign, (T,)."""
    start_ns, end_ns = signed_part(clip)
    share = (clip.times_ns - start_ns) / max(end_ns - start_ns, 1)
    number = tuple(Third).index(part)
    inside: np.typing.NDArray[np.bool_] = (share >= number / len(Third)) & (share <= (number + 1) / len(Third))
    return inside


def shoulders(clip: KeypointClip) -> tuple[float, float]:
    """Height of the shoulders' middle and their distance, in pixels."""
    left, right = clip.joints[:, LEFT_SHOULDER], clip.joints[:, RIGHT_SHOULDER]
    seen = np.minimum(left[:, 2], right[:, 2]) > 0
    middle = float(np.median((left[seen, 1] + right[seen, 1]) / 2))
    return middle, float(np.median(np.linalg.norm(left[seen, :2] - right[seen, :2], axis=1)))


if __name__ == "__main__":
    run(main)
