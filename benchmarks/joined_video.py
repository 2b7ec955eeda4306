"""Real video: trimmed clips joined by hard cuts into one file, with people who do not sign between them.

    python -m benchmarks.joined_video --clips CLIPS --out joined.mp4 [--signs N] [--model M] [--seed S]

CLIPS holds videos named GLOSS_VIDEOID.mp4 and, in idle/, videos in which nobody signs. Writes the video, and its truth
beside it as .json; then scores what `transcribe` announces with the figures of `evaluate-stream`, one JSON line, and
another one for each event. A sign's truth is the part of its clip in which it is made, by the keypoints of that clip.
"""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.bad_input import command_line, run, videos_in
from engine.commands.arguments import positive_integer, seed_number
from engine.commands.reading import find_keypoints
from engine.data.streams.truth import Kind, Segment
from engine.evaluation.stream_decoding import gather_outcome
from engine.evaluation.stream_figures import alarm_causes, stream_figures
from engine.evaluation.stream_metrics import Outcome
from engine.export.record import sign_record
from engine.features.motion import signed_part
from engine.files import atomic_write, replacing
from engine.keypoints.holistic import HolisticExtractor
from engine.models.folder import load_model, resolve_model
from engine.pipeline.lazy import LazyExtractor
from engine.pipeline.offline import run_offline
from engine.recognition.recogniser import Recogniser
from engine.recognition.stream import StreamRecogniser
from engine.sources.opencv import cv2
from engine.sources.video import VideoSource
from engine.types import NANOSECONDS, Image

SIZE: Final = (640, 480)
RATE: Final = 25.0
SIGNS_BETWEEN_IDLE: Final = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """A video and what it shows; the gloss None where nobody signs."""

    path: Path
    gloss: str | None


def main() -> None:
    """Join, transcribe, score."""
    parser = command_line(__doc__)
    parser.add_argument("--clips", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--signs", type=positive_integer)
    parser.add_argument("--model")
    parser.add_argument("--seed", type=seed_number, default=0)
    arguments = parser.parse_args()
    segments = join(choose_pieces(arguments.clips, signs=arguments.signs, seed=arguments.seed), arguments.out)
    atomic_write(arguments.out.with_suffix(".json"), json.dumps([_record(segment) for segment in segments], indent=1))
    outcome = transcribed(arguments.out, segments, Recogniser(load_model(resolve_model(arguments.model))))
    for event in outcome.events:
        print(json.dumps(sign_record(event)))
    print(json.dumps(stream_figures([outcome]) | {"alarms_by": alarm_causes([outcome])}))


def choose_pieces(clips: Path, *, signs: int | None, seed: int) -> list[Piece]:
    """Return as many signs as wanted in random order, an idle video after every third."""
    paths = videos_in(clips, "*_*.mp4")
    idle = cycle(videos_in(clips / "idle", "*.gif", "*.mp4"))
    pieces = []
    for number, index in enumerate(np.random.default_rng(seed).permutation(len(paths))[:signs], start=1):
        pieces.append(Piece(paths[index], paths[index].stem.rpartition("_")[0]))
        if number % SIGNS_BETWEEN_IDLE == 0:
            pieces.append(Piece(next(idle), None))
    return pieces


def join(pieces: list[Piece], out: Path) -> tuple[Segment, ...]:
    """Write the pieces one after the other as one video of `SIZE` and `RATE`; returns what happens in it."""
    segments = []
    frames = 0
    with replacing(out) as path:
        writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), RATE, SIZE)
        for piece in pieces:
            began = frames
            for image in _pictures(piece.path):
                writer.write(_fitted(image))
                frames += 1
            segments.append(_segment(piece, _time_ns(began), _time_ns(frames - 1)))
        writer.release()
    return tuple(segments)


def transcribed(video: Path, segments: tuple[Segment, ...], recogniser: Recogniser) -> Outcome:
    """Run the offline pipeline over a video, as `transcribe` does."""
    with closing(LazyExtractor(HolisticExtractor)) as extractor:
        return gather_outcome(segments, run_offline(VideoSource(video), extractor, StreamRecogniser(recogniser)))


def _pictures(path: Path) -> Iterator[Image]:
    """Yield the pictures of a video at `RATE`: at each moment the one that is shown then."""
    shown, due = None, 0
    with VideoSource(path) as source:
        for frame in source:
            while shown is not None and _time_ns(due) < frame.time_ns:
                yield shown
                due += 1
            shown = frame.image
    if shown is not None:
        yield shown


def _fitted(image: Image) -> Image:
    """Scale a picture to fit `SIZE`, in the middle of black."""
    height, width = image.shape[:2]
    scale = min(SIZE[0] / width, SIZE[1] / height)
    small = cv2.resize(image, (round(width * scale), round(height * scale)), interpolation=cv2.INTER_AREA)
    picture = np.zeros((SIZE[1], SIZE[0], 3), np.uint8)
    top, left = (SIZE[1] - small.shape[0]) // 2, (SIZE[0] - small.shape[1]) // 2
    picture[top : top + small.shape[0], left : left + small.shape[1]] = small
    return picture


def _segment(piece: Piece, start_ns: int, end_ns: int) -> Segment:
    if piece.gloss is None:
        return Segment(Kind.IDLE, start_ns, end_ns, detail=piece.path.stem)
    first_ns, last_ns = signed_part(find_keypoints(VideoSource(piece.path)).clip)
    return Segment(Kind.SIGN, start_ns + first_ns, min(end_ns, start_ns + last_ns), piece.gloss)


def _time_ns(frame: int) -> int:
    return round(frame * NANOSECONDS / RATE)


def _record(segment: Segment) -> dict[str, str | float | None]:
    return {
        "kind": segment.kind,
        "gloss": segment.gloss,
        "start_s": segment.start_ns / NANOSECONDS,
        "end_s": segment.end_ns / NANOSECONDS,
    }


if __name__ == "__main__":
    run(main)
