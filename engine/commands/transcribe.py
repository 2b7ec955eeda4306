"""`transcribe`: the live pipeline run over a file."""

import argparse
import logging
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from queue import SimpleQueue
from typing import Final

from engine.commands.arguments import add_json_argument, add_recogniser_arguments, load_recogniser
from engine.commands.output import print_json
from engine.commands.reading import open_file
from engine.errors import UserFacingError
from engine.export.entry import TranscriptEntry
from engine.export.record import sign_record
from engine.export.transcript import SUFFIXES, check_suffix, write_transcript
from engine.files import make_folder
from engine.keypoints.holistic import HolisticExtractor, live_extractor
from engine.models.folder import available_models
from engine.pipeline.lazy import LazyExtractor
from engine.pipeline.listener import PipelineState
from engine.pipeline.live import LivePipeline
from engine.pipeline.offline import run_offline
from engine.pipeline.pace import Pace
from engine.pipeline.recognition import SignStream
from engine.recognition.stream import StreamRecogniser
from engine.sessions.changed_circumstances import changed_circumstances
from engine.sessions.streams import ReplayedStream
from engine.sources.base import FrameSource
from engine.sources.session import Circumstances
from engine.sources.session_source import SessionSource
from engine.types import NANOSECONDS, Frame, Keypoints, SignEvent, StreamUpdate

NAME = "transcribe"
HELP = "name the signs in an untrimmed file, one line a sign, as the window would"

CLOCK_TICKS_S: Final = 1 / 64
"""The coarsest clock there is: what ends within a tick may seem to have taken no time."""

log = logging.getLogger(__name__)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a video, a keypoint recording or session (.npz) or a .pose file")
    add_recogniser_arguments(parser)
    parser.add_argument(
        "--realtime", action="store_true", help="play the file at its own speed through the threads of the window"
    )
    parser.add_argument("--export", type=Path, metavar="PATH", help=f"write the transcript: {', '.join(SUFFIXES)}")
    add_json_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    if arguments.export:
        check_suffix(arguments.export)
    source = open_file(arguments.file)
    if isinstance(source, SessionSource):
        stream, begins_ns = _replayed(source, arguments), source.read_beginning()
    else:
        stream, begins_ns = _fresh(arguments), 0
    with _exported(arguments.export, begins_ns) as transcript:
        for event in (_in_real_time if arguments.realtime else _in_lockstep)(source, stream):
            transcript.append(TranscriptEntry(event))
            if arguments.json:
                print_json(sign_record(event))
            else:
                _print_line(event)
    return 0


@contextmanager
def _exported(path: Path | None, begins_ns: int) -> Iterator[list[TranscriptEntry]]:
    """Yield a list for the signs; written to `path` at the end, or as far as it is where the end comes too early."""
    if path:
        make_folder(path.parent)
    transcript: list[TranscriptEntry] = []
    complete = False
    try:
        yield transcript
        complete = True
    finally:
        if path and (complete or transcript):
            write_transcript(path, transcript, begins_ns=begins_ns)


def _fresh(arguments: argparse.Namespace) -> SignStream:
    return StreamRecogniser(load_recogniser(arguments))


def _replayed(session: SessionSource, arguments: argparse.Namespace) -> SignStream:
    """Decode a session as it was decoded when it was recorded, as far as that can be."""
    notes = session.read_notes()
    recorded = next((each for each in reversed(notes.circumstances) if each.model is not None), None)
    if arguments.model is None and recorded is not None and recorded.model in available_models():
        arguments.model = recorded.model
    recogniser = load_recogniser(arguments)
    lesson = None if recorded is None else recorded.lesson
    if lesson is not None and set(lesson) & set(recogniser.names):
        recogniser.restrict(frozenset(lesson))
    else:
        lesson = None
    now = Circumstances(
        from_ns=0,
        model=recogniser.name,
        threshold=recogniser.stream_threshold,
        lesson=lesson,
    )
    if (changed := changed_circumstances(notes, now)) is not None:
        log.warning(changed)
    return ReplayedStream(lambda: StreamRecogniser(recogniser), notes.circumstances)


def _in_lockstep(source: FrameSource, stream: SignStream) -> Iterator[SignEvent]:
    with closing(LazyExtractor(HolisticExtractor)) as extractor:
        for update in run_offline(source, extractor, stream):
            yield from update.events


def _in_real_time(source: FrameSource, stream: SignStream) -> Iterator[SignEvent]:
    told = _Messages()
    pipeline = LivePipeline(source, live_extractor, stream, told)
    pipeline.start()
    try:
        yield from told.until_the_end()
    finally:
        pipeline.stop()
    statistics = pipeline.statistics
    pace = Pace(statistics.frames_captured / told.running_s, statistics.frames_processed / told.running_s)
    if pace.slow:
        log.warning(
            "The machine could not keep up: %.0f of %.0f frames a second were read. Without --realtime all are.",
            pace.read,
            pace.captured,
        )


class _Messages:
    """Carries what a pipeline tells from its threads to ours; see `PipelineListener`."""

    def __init__(self) -> None:
        self._queue: SimpleQueue[SignEvent | UserFacingError | None] = SimpleQueue()
        self._running_since = time.monotonic()
        self.running_s = 0.0
        """From the first keypoints, before which the file waits, to the end; known then."""

    def until_the_end(self) -> Iterator[SignEvent]:
        """Yield the signs as they are announced; raises what failed."""
        while (message := self._queue.get()) is not None:
            if isinstance(message, UserFacingError):
                raise message
            yield message

    def on_state(self, state: PipelineState) -> None:
        if state is PipelineState.RUNNING:
            self._running_since = time.monotonic()
        if state.final:
            self.running_s = max(time.monotonic() - self._running_since, CLOCK_TICKS_S)
            self._queue.put(None)

    def on_frame(self, frame: Frame, keypoints: Keypoints | None) -> None:
        pass  # nobody looks

    def on_update(self, update: StreamUpdate) -> None:
        for event in update.events:
            self._queue.put(event)

    def on_error(self, message: str) -> None:
        self._queue.put(UserFacingError(message))


def _print_line(event: SignEvent) -> None:
    start_s, end_s = event.start_ns / NANOSECONDS, event.end_ns / NANOSECONDS
    print(f"{start_s:8.2f} {end_s:8.2f}  {event.gloss or '(uncertain)':24} {event.probability:4.0%}", flush=True)
