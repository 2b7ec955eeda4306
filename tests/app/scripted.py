"""A world in which everything the window hears of is scripted: cameras, files, signers, models, the clock."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from threading import Event, Lock
from types import TracebackType
from typing import Self

import numpy as np

from app.services import Model, Services
from app.transcript.archive import TranscriptArchive
from app.transcript.document import TranscriptDocument
from engine.errors import UserFacingError
from engine.joints import BODY, JOINTS, RIGHT_HAND
from engine.keypoints.extractor import KeypointExtractor
from engine.pipeline.recognition import SignStream
from engine.sources.base import FrameSource
from engine.sources.camera import CameraInfo
from engine.types import Activity, Candidate, Frame, Keypoints, Prediction, SignEvent, StreamUpdate

WIDTH, HEIGHT = 64, 48
VOCABULARY = ("eat", "drink", "fish", "go", "thank you")
FRAME_S = 0.002
"""The fake camera's pictures come this often: it never stops, as a real one does not."""


def candidates(*named: tuple[str, float]) -> tuple[Candidate, ...]:
    return tuple(Candidate(gloss, probability) for gloss, probability in named)


def prediction(*named: tuple[str, float], rejected: bool = False) -> Prediction:
    return Prediction(candidates(*named), rejected, start_ns=0, end_ns=0)


def sign_event(gloss: str | None, probability: float = 0.9, *, start_s: float = 1.0) -> SignEvent:
    start_ns = round(start_s * 1e9)
    nearest = candidates((gloss or "eat", probability), ("drink", probability / 2))
    return SignEvent(gloss, probability, start_ns, start_ns + 10**9, start_ns + 10**9, nearest)


def make_frame(index: int = 0, *, arrived_ns: int = 0, colour: tuple[int, int, int] = (0, 0, 0)) -> Frame:
    """A picture in one colour (BGR) that brings its keypoints along."""
    image = np.full((HEIGHT, WIDTH, 3), colour, np.uint8)
    return Frame(image, index * 10_000_000, index, arrived_ns, make_keypoints(index * 10_000_000))


def make_keypoints(time_ns: int = 0) -> Keypoints:
    joints = np.zeros((JOINTS, 3), np.float32)
    joints[BODY] = (WIDTH / 2, HEIGHT / 2, 1.0)
    joints[RIGHT_HAND] = (WIDTH / 4, HEIGHT / 4, 1.0)
    return Keypoints(joints, time_ns, (WIDTH, HEIGHT))


class FakeClock:
    """Nanoseconds that pass when the test says so."""

    def __init__(self) -> None:
        self.now_ns = 1_000_000_000

    def __call__(self) -> int:
        return self.now_ns

    def pass_seconds(self, seconds: float) -> None:
        self.now_ns += round(seconds * 1e9)


class ScriptedSource:
    """A camera that delivers until it is told to fail, or a file of a few frames."""

    def __init__(self, name: str, *, live: bool, clock: FakeClock, opening_error: str | None = None) -> None:
        self.name = name
        self.live = live
        self.opened = False
        self.closed = False
        self.unplug = Event()
        self._clock = clock
        self._opening_error = opening_error

    def __enter__(self) -> Self:
        if self._opening_error is not None:
            raise UserFacingError(self._opening_error)
        self.opened = True
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closed = True

    def __iter__(self) -> Iterator[Frame]:
        index = 0
        while self.live or index < 5:
            yield make_frame(index, arrived_ns=self._clock())
            index += 1
            if self.unplug.wait(FRAME_S):
                raise UserFacingError(f"{self.name} stopped delivering pictures. Plug it in again.")


class ScriptedSigner:
    """What every recogniser of this world sees, frame after frame, until the test says otherwise."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._update = StreamUpdate(0, Activity.IDLE)
        self._error: Exception | None = None

    def does(self, activity: Activity, prediction: Prediction | None = None) -> None:
        with self._lock:
            self._update = StreamUpdate(0, activity, prediction)

    def has_signed(self, *events: SignEvent) -> None:
        """Announce events, once."""
        with self._lock:
            self._update = replace(self._update, events=(*self._update.events, *events))

    def breaks_the_recogniser(self, error: Exception) -> None:
        with self._lock:
            self._error = error

    def push(self, keypoints: Keypoints, *, predict: bool = True) -> StreamUpdate:
        with self._lock:
            if self._error is not None:
                error, self._error = self._error, None
                raise error
            update = replace(self._update, time_ns=keypoints.time_ns)
            self._update = replace(self._update, events=())
            return update

    def finish(self) -> tuple[SignEvent, ...]:
        return ()


class FakeSpeaker:
    """A voice that remembers what it was told to say."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.silenced = 0

    def say(self, words: str) -> None:
        self.said.append(words)

    def stop(self) -> None:
        self.silenced += 1


@dataclass
class World:
    """The scripted services and what they have been asked for.

    Attributes:
        data: the folder of what the user has made.
        models_may_load: cleared, loading a model takes until it is set.
        refused: model names that are refused, with the reason.
        opening_errors: sources that cannot be opened, with the reason.
    """

    data: Path
    cameras: list[CameraInfo] = field(default_factory=lambda: [CameraInfo(0, "Front camera")])
    models: tuple[str, ...] = ("base", "small")
    refused: dict[str, str] = field(default_factory=dict)
    opening_errors: dict[str, str] = field(default_factory=dict)
    signer: ScriptedSigner = field(default_factory=ScriptedSigner)
    clock: FakeClock = field(default_factory=FakeClock)
    speaker: FakeSpeaker | None = field(default_factory=FakeSpeaker)
    models_may_load: Event = field(default_factory=Event)
    sources: list[ScriptedSource] = field(default_factory=list)
    loaded: list[tuple[str | None, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.models_may_load.set()

    @property
    def services(self) -> Services:
        return Services(
            list_cameras=lambda: tuple(self.cameras),
            open_source=self._open_source,
            make_extractor=_no_extractor,
            available_models=lambda: self.models,
            load_model=self._load_model,
            data_folder=lambda: self.data,
            find_speaker=lambda: self.speaker,
            clock=self.clock,
        )

    def _open_source(self, spec: str) -> FrameSource:
        if spec.startswith("camera:"):
            names = {f"camera:{camera.index}": camera.name for camera in self.cameras}
            name, live = names.get(spec, spec), True
        elif spec == "demo":
            name, live = "Demo", False
        elif spec.endswith(".mp4"):
            name, live = Path(spec).name, False
        else:
            raise UserFacingError(f"{spec} is not there: name an existing file, camera:N or demo.")
        source = ScriptedSource(name, live=live, clock=self.clock, opening_error=self.opening_errors.get(spec))
        self.sources.append(source)
        return source

    def _load_model(self, name: str | None, device: str) -> Model:
        assert self.models_may_load.wait(10)
        self.loaded.append((name, device))
        if name in self.refused:
            raise UserFacingError(self.refused[name])
        if device == "cuda":
            raise UserFacingError("No CUDA GPU can be used here: choose the device cpu, or auto.")
        notice = "No CUDA GPU found: recognition runs on the CPU." if device == "auto" else None
        stream: SignStream = self.signer
        return Model(name or self.models[0], "cpu", 0.5, lambda: stream, VOCABULARY, notice)


def leave_transcript(world: World, *events: SignEvent, closed: bool = True) -> None:
    """Let a session before this one have heard some signs, and have ended as it should, or not."""
    document = TranscriptDocument()
    document.hear(events)
    archive = TranscriptArchive(world.data / "transcripts", started=datetime(2026, 1, 1))
    archive.save(document.lines, closed=closed)


def _no_extractor() -> KeypointExtractor:
    raise AssertionError("scripted frames bring their keypoints along")
