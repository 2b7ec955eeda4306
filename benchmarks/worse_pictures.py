"""How much worse signs are named when lamp, lens or line make the pictures worse: through the extractor, to the end.

    python -m benchmarks.worse_pictures --clips CLIPS [--model wlasl100] [--only CONDITION...]

CLIPS holds videos named GLOSS_VIDEOID.mp4. Prints one JSON line a condition. Keypoints alone, and so many more clips
and conditions, are in `python -m benchmarks.robustness`.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from benchmarks.bad_input import command_line, run, videos_in
from benchmarks.changed_video import changed_frames, clip_of
from engine.models.folder import load_model, resolve_model
from engine.recognition.recogniser import Recogniser
from engine.sources.opencv import cv2
from engine.types import Image, KeypointClip

Change = Callable[[Image, np.random.Generator], Image]
"""Makes a worse picture of a good one; random draws come from the generator."""
SEED: Final = 0
LINES: Final = 480
"""Height of the picture for which lengths in pixels are meant; they grow and shrink with it."""


def main() -> None:
    """Print one JSON line for the videos as they are and for each change."""
    parser = command_line(__doc__)
    parser.add_argument("--clips", type=Path, required=True)
    parser.add_argument("--model", default="wlasl100")
    parser.add_argument("--only", nargs="+", choices=CONDITIONS, default=list(CONDITIONS), metavar="CONDITION")
    arguments = parser.parse_args()
    paths = videos_in(arguments.clips, "*.mp4")
    recogniser = Recogniser(load_model(resolve_model(arguments.model)))
    for condition in arguments.only:
        print(json.dumps({"condition": condition} | _counts(recogniser, paths, CONDITIONS[condition])), flush=True)


def _counts(recogniser: Recogniser, paths: list[Path], change: Change) -> dict[str, int]:
    """How many of the videos are named first or among five, and how many of the answers are accepted, and rightly."""
    counts = {"clips": len(paths), "first": 0, "in_five": 0, "accepted": 0, "accepted_right": 0}
    for path in paths:
        prediction = recogniser.predict(_looked_at(path, change), top=5)
        named = [candidate.gloss for candidate in prediction.candidates]
        gloss = path.stem.rsplit("_", 1)[0]
        right = named[:1] == [gloss]
        counts["first"] += right
        counts["in_five"] += gloss in named
        counts["accepted"] += not prediction.rejected
        counts["accepted_right"] += right and not prediction.rejected
    return counts


def _looked_at(path: Path, change: Change) -> KeypointClip:
    random = np.random.default_rng(SEED)
    return clip_of([keypoints for keypoints, _ in changed_frames(path, lambda image: change(image, random))])


def lit(share: float, *, noise: float = 4.0) -> Change:
    """Leave a share of the light, with noise of a standard deviation in grey levels."""
    return lambda image, random: _grey_levels(image * share + random.normal(0, noise, image.shape))


def coloured(blue: float, green: float, red: float) -> Change:
    """Let the lamp be of another colour."""
    return lambda image, _: _grey_levels(image * np.array([blue, green, red]))


def washed_out(image: Image, _: np.random.Generator) -> Image:
    """Leave a third of the contrast, as against a window."""
    return _grey_levels(image * 0.35 + 150)


def out_of_focus(sigma: float) -> Change:
    """Blur by a standard deviation in pixels."""
    return lambda image, _: np.asarray(cv2.GaussianBlur(image, (0, 0), sigma * len(image) / LINES), np.uint8)


def smeared(length: float) -> Change:
    """Blur sideways over so many pixels, as a long exposure of moving hands does, but everywhere."""

    def smear(image: Image, _: np.random.Generator) -> Image:
        kernel = np.ones((1, max(1, round(length * len(image) / LINES))), np.float32)
        return np.asarray(cv2.filter2D(image, -1, kernel / kernel.size), np.uint8)

    return smear


def of_lines(lines: int) -> Change:
    """Let the camera have so few lines."""

    def shrink(image: Image, _: np.random.Generator) -> Image:
        size = (round(image.shape[1] * lines / len(image)), lines)
        return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)

    return shrink


def compressed(quality: int) -> Change:
    """Squeeze each picture through JPEG."""

    def squeeze(image: Image, _: np.random.Generator) -> Image:
        _done, packed = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
        return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)

    return squeeze


def smaller(share: float) -> Change:
    """Put the signer farther away and to the left, before a grey wall."""

    def step_back(image: Image, _: np.random.Generator) -> Image:
        figure = cv2.resize(image, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
        room = np.full_like(image, 90)
        top, left = (len(room) - len(figure)) // 2, (room.shape[1] - figure.shape[1]) // 3
        room[top : top + len(figure), left : left + figure.shape[1]] = figure
        return room

    return step_back


def tilted(degrees: float) -> Change:
    """Turn the camera about the axis of its lens."""

    def turn(image: Image, _: np.random.Generator) -> Image:
        height, width = image.shape[:2]
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
        return np.asarray(cv2.warpAffine(image, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE), np.uint8)

    return turn


CONDITIONS: Final[dict[str, Change]] = {
    "as recorded": lambda image, _: image,
    "15 % of the light": lit(0.15),
    "much noise": lit(1.0, noise=25),
    "warm lamp": coloured(0.6, 0.9, 1.25),
    "washed out": washed_out,
    "out of focus by 3 pixels": out_of_focus(3),
    "smeared over 15 pixels": smeared(15),
    "240 lines": of_lines(240),
    "JPEG of quality 15": compressed(15),
    "half as large, at the side": smaller(0.5),
    "tilted by 12 degrees": tilted(12),
}


def _grey_levels(values: npt.NDArray[np.floating[Any]]) -> Image:
    return np.clip(values, 0, 255).astype(np.uint8)


if __name__ == "__main__":
    run(main)
