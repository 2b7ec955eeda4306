"""How often each hint is given: on good clips, where it should hardly ever be, and on bad versions of them.

    python -m benchmarks.hints --data DATA [--clips CLIPS] [--every N]

DATA holds wlasl100 as `python -m engine prepare` makes it: the keypoints of good clips. CLIPS holds videos, which are
changed as a bad place of signer, camera or lamp would change them, and looked at by the extractor again; `--every 5`
takes one in five of them. A clip is played three times in a row, because a hint wants more time than most clips take.
Prints one JSON line a version: the share of clips in which each hint is given at any time. What came of it:
docs/EXPERIMENTS.md.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.bad_input import command_line, run, videos_in
from benchmarks.changed_video import changed_frames, clip_of
from engine.commands.arguments import positive_integer
from engine.data.dataset import load_dataset
from engine.features.hints import Hint, HintJudge, mean_brightness
from engine.joints import LEFT_SHOULDER, RIGHT_SHOULDER
from engine.sources.opencv import cv2
from engine.types import Image, KeypointClip, Keypoints

ROUNDS: Final = 3
BRIGHT: Final = 128.0
"""Taken for the brightness of clips of which the keypoints alone are known."""

Seen = tuple[Keypoints, float]
"""Keypoints and mean brightness of one frame."""
Change = Callable[[KeypointClip, Image], Image]
"""Makes a bad picture of a good one, given the keypoints of the good clip."""


def main() -> None:
    """Print one JSON line for good keypoints, and one for each version of the clips."""
    parser = command_line(__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--clips", type=Path)
    parser.add_argument("--every", type=positive_integer, default=1)
    arguments = parser.parse_args()
    paths = videos_in(arguments.clips, "*.mp4")[:: arguments.every] if arguments.clips else []
    good = [item.clip for item in load_dataset(arguments.data / "wlasl100").clips]
    _report("wlasl100, keypoints", (_seen_in(clip) for clip in good))
    if not paths:
        return
    originals = [list(_looked_at(path, lambda image: image)) for path in paths]
    _report("good", originals)
    bodies = [clip_of([keypoints for keypoints, _ in seen]) for seen in originals]
    for name, change in CHANGES.items():
        changes = [partial(change, body) for body in bodies]
        _report(name, (list(_looked_at(path, worse)) for path, worse in zip(paths, changes, strict=True)))


def given(seen: list[Seen]) -> set[Hint]:
    """The hints that are given while a clip is played some times in a row."""
    judge, hints = HintJudge(), set()
    period_ns = seen[-1][0].time_ns - seen[0][0].time_ns + 40_000_000
    for turn in range(ROUNDS):
        for keypoints, brightness in seen:
            later = replace(keypoints, time_ns=keypoints.time_ns + turn * period_ns)
            hints.add(judge.push(later, brightness=brightness))
    return {hint for hint in hints if hint is not None}


def _report(name: str, clips: Iterable[list[Seen]]) -> None:
    counts: Counter[Hint] = Counter()
    total = without = 0
    for seen in clips:
        hints = given(seen)
        counts.update(hints)
        total += 1
        without += not hints
    shares = {hint.value: round(counts[hint] / total, 3) for hint in Hint}
    print(json.dumps({"version": name, "clips": total, "none": round(without / total, 3), **shares}), flush=True)


def _seen_in(clip: KeypointClip) -> list[Seen]:
    return [
        (Keypoints(joints, int(time_ns), clip.size), BRIGHT)
        for joints, time_ns in zip(clip.joints, clip.times_ns, strict=True)
    ]


def _looked_at(path: Path, change: Callable[[Image], Image]) -> Iterator[Seen]:
    return ((keypoints, mean_brightness(image)) for keypoints, image in changed_frames(path, change))


def _cropped(*, left: float = np.inf, right: float = np.inf, above: float = np.inf, below: float = np.inf) -> Change:
    """Keep so many shoulder widths around the middle of the shoulders; the height stays."""

    def crop(body: KeypointClip, image: Image) -> Image:
        one, other = body.joints[:, LEFT_SHOULDER, :2], body.joints[:, RIGHT_SHOULDER, :2]
        x, y = np.median((one + other) / 2, axis=0)
        width = np.median(np.linalg.norm(one - other, axis=1))
        height, whole = image.shape[:2]
        rows = slice(round(max(0, y - above * width)), round(min(height, y + below * width)))
        columns = slice(round(max(0, x - left * width)), round(min(whole, x + right * width)))
        kept = image[rows, columns]
        scale = height / kept.shape[0]
        return np.asarray(cv2.resize(kept, None, fx=scale, fy=scale), np.uint8)

    return crop


def _farther(scale: float) -> Change:
    """Show the picture smaller, with its borders drawn out around it."""

    def shrink(_: KeypointClip, image: Image) -> Image:
        height, width = image.shape[:2]
        small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        top, left = (height - small.shape[0]) // 2, (width - small.shape[1]) // 2
        bottom, right = height - small.shape[0] - top, width - small.shape[1] - left
        return np.asarray(cv2.copyMakeBorder(small, top, bottom, left, right, cv2.BORDER_REPLICATE), np.uint8)

    return shrink


def _darker(gain: float) -> Change:
    """Take light away; what is left is as noisy as a webcam's picture."""
    dice = np.random.default_rng(0)

    def darken(_: KeypointClip, image: Image) -> Image:
        return np.clip(image * gain + dice.normal(0, 3, image.shape), 0, 255).astype(np.uint8)

    return darken


CHANGES: Final[dict[str, Change]] = {
    "too near: head and shoulders alone": _cropped(left=0.75, right=0.75, above=1.0, below=0.3),
    "cut off below the shoulders": _cropped(below=0.35),
    "at the side": _cropped(left=0.25),
    "too far: a quarter of the size": _farther(0.25),
    "dark: 6 % of the light": _darker(0.06),
}


if __name__ == "__main__":
    run(main)
