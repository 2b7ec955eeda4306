"""A world in which everything the window hears of is scripted: cameras, files, signers, models, the clock."""

from collections.abc import Callable, Iterator, Sequence
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
from engine.errors import SourceLostError, UserFacingError
from engine.export import TranscriptEntry
from engine.joints import (
    BODY,
    HAND_JOINTS,
    JOINTS,
    LEFT_ELBOW,
    LEFT_SHOULDER,
    LEFT_WRIST,
    NOSE,
    RIGHT_ELBOW,
    RIGHT_HAND,
    RIGHT_SHOULDER,
    RIGHT_WRIST,
)
from engine.keypoints.extractor import KeypointExtractor
from engine.pipeline.recognition import SignStream
from engine.recognition.explanation import PARTS, Explanation, PartInfluence
from engine.recognition.memory import RecordedSign
from engine.sources import open_source
from engine.sources.base import FrameSource
from engine.sources.camera import CameraInfo
from engine.sources.personal_signs import PersonalSign
from engine.sources.prototypes import Prototype
from engine.sources.session import Circumstances, Session, SessionNotes, save_session
from engine.types import (
    Activity,
    Candidate,
    Frame,
    JointArray,
    KeypointClip,
    Keypoints,
    Prediction,
    SignEvent,
    StreamUpdate,
)

WIDTH, HEIGHT = 64, 48
RATE = 25.0
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


def make_frame(
    index: int = 0,
    *,
    arrived_ns: int = 0,
    colour: tuple[int, int, int] = (0, 0, 0),
    pose: "Pose | None" = None,
) -> Frame:
    """A picture in one colour (BGR) that brings its keypoints along."""
    image = np.full((HEIGHT, WIDTH, 3), colour, np.uint8)
    return Frame(image, index * 10_000_000, index, arrived_ns, (pose or make_keypoints)(index * 10_000_000))


def make_keypoints(time_ns: int = 0) -> Keypoints:
    joints = np.zeros((JOINTS, 3), np.float32)
    joints[BODY] = (WIDTH / 2, HEIGHT / 2, 1.0)
    joints[RIGHT_HAND] = (WIDTH / 4, HEIGHT / 4, 1.0)
    return Keypoints(joints, time_ns, (WIDTH, HEIGHT))


Pose = Callable[[int], Keypoints]
"""The keypoints at a moment, nanoseconds of stream time."""


def hands_down(time_ns: int) -> Keypoints:
    """A signer before the camera whose hands are out of view."""
    joints = np.zeros((JOINTS, 3), np.float32)
    joints[[NOSE, LEFT_SHOULDER, RIGHT_SHOULDER]] = ((32, 16, 1), (40, 30, 1), (24, 30, 1))
    return Keypoints(joints, time_ns, (WIDTH, HEIGHT))


def far_away(time_ns: int) -> Keypoints:
    """A signer whose shoulders are a tenth of the picture's height apart."""
    keypoints = hands_down(time_ns)
    keypoints.joints[:, :2] = (32, 24) + 0.3 * (keypoints.joints[:, :2] - (32, 24))
    return keypoints


def hand_up(time_ns: int) -> Keypoints:
    """The same signer with the right hand before the chest."""
    keypoints = hands_down(time_ns)
    fan = np.linspace(-2, 2, HAND_JOINTS)
    keypoints.joints[RIGHT_HAND] = np.stack([28 + fan, 30 - np.abs(fan), np.ones(HAND_JOINTS)], axis=1)
    return keypoints


def take(*, shifted: int = 0) -> KeypointClip:
    """What a user might teach a sign with, some pixels to the right."""
    poses = [hand_up(index * 40_000_000) for index in range(20)]
    times_ns = np.array([pose.time_ns for pose in poses], np.int64)
    joints = np.stack([pose.joints for pose in poses])
    return KeypointClip(joints + np.float32([shifted, 0, 0]), times_ns, poses[0].size)


def make_motion(frames: int = 4) -> JointArray:
    """A body in the middle whose right hand moves sideways, in shoulder widths."""
    motion = np.zeros((frames, JOINTS, 3), np.float32)
    motion[:, BODY] = (0, 0, 1)
    motion[:, RIGHT_HAND] = (-1, -0.5, 1)
    motion[:, RIGHT_HAND, 0] += 0.2 * np.arange(frames)[:, None]
    return motion


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

    def __init__(
        self, name: str, *, live: bool, clock: FakeClock, pose: Pose, opening_error: str | None = None
    ) -> None:
        self.name = name
        self.live = live
        self.opened = False
        self.closed = False
        self.unplug = Event()
        self._clock = clock
        self._pose = pose
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
            yield make_frame(index, arrived_ns=self._clock(), pose=self._pose)
            index += 1
            if self.unplug.wait(FRAME_S):
                raise SourceLostError(f"{self.name} stopped delivering pictures. Plug it in again.")


class ScriptedSigner:
    """What every recogniser of this world sees, frame after frame, until the test says otherwise.

    Attributes:
        leading_hand: the hand that the recogniser saw last.
        under_way: what is announced when the stream ends, once.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._update = StreamUpdate(0, Activity.IDLE)
        self.leading_hand: str | None = None
        self.under_way: tuple[SignEvent, ...] = ()
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
            self.leading_hand = "right" if keypoints.joints[RIGHT_HAND].any() else "left"
            update = replace(self._update, time_ns=keypoints.time_ns)
            self._update = replace(self._update, events=())
            return update

    def finish(self) -> tuple[SignEvent, ...]:
        with self._lock:
            announced, self.under_way = self.under_way, ()
            return announced


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
        config: the folder of the settings.
        data: the folder of what the user has made.
        cache: the folder of what can be made again.
        languages: that the user has asked the system for.
        glosses: that every model knows; all but "but" have a prototype.
        armless: of these, those whose prototype shows hands alone.
        broken_prototypes: why prototypes cannot be read.
        restrictions: what models were told to name, one after the other.
        card: of every model.
        explained: the signs that models were asked to explain.
        explanations_may_come: cleared, explaining takes until it is set.
        broken_explanations: why nothing can be explained.
        new_stream: starts decoding; every stream is the signer unless the test says otherwise.
        lessons_learned: personal signs that models were taught, one after the other.
        signs_may_be_learned: cleared, teaching a model takes until it is set.
        broken_learning: why models can be taught nothing.
        pose: what every source shows of its signer.
        opened: the cameras that were opened, and what they were asked for.
        models_may_load: cleared, loading a model takes until it is set, unless it is refused.
        refused: model names that are refused, with the reason.
        opening_errors: sources that cannot be opened, with the reason.
    """

    config: Path
    data: Path
    cache: Path
    languages: tuple[str, ...] = ("en",)
    cameras: list[CameraInfo] = field(default_factory=lambda: [CameraInfo(0, "Front camera")])
    models: tuple[str, ...] = ("base", "small")
    glosses: tuple[str, ...] = ("eat", "drink", "but", "book", "bird")
    armless: tuple[str, ...] = ()
    broken_prototypes: str | None = None
    refused: dict[str, str] = field(default_factory=dict)
    opening_errors: dict[str, str] = field(default_factory=dict)
    signer: ScriptedSigner = field(default_factory=ScriptedSigner)
    clock: FakeClock = field(default_factory=FakeClock)
    speaker: FakeSpeaker | None = field(default_factory=FakeSpeaker)
    pose: Pose = make_keypoints
    models_may_load: Event = field(default_factory=Event)
    sources: list[ScriptedSource] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    loaded: list[tuple[str | None, str]] = field(default_factory=list)
    restrictions: list[frozenset[str] | None] = field(default_factory=list)
    card: str = "# base\n\nNames five signs.\n\n| split | top-1 |\n|---|---|\n| test | 75 % |\n"
    explained: list[RecordedSign] = field(default_factory=list)
    explanations_may_come: Event = field(default_factory=Event)
    broken_explanations: str | None = None
    lessons_learned: list[Sequence[PersonalSign]] = field(default_factory=list)
    signs_may_be_learned: Event = field(default_factory=Event)
    broken_learning: Exception | None = None

    new_stream: Callable[[], SignStream] = field(init=False)

    def __post_init__(self) -> None:
        self.new_stream = lambda: self.signer
        self.models_may_load.set()
        self.signs_may_be_learned.set()
        self.explanations_may_come.set()

    @property
    def services(self) -> Services:
        return Services(
            list_cameras=lambda: tuple(self.cameras),
            watch_cameras=lambda: tuple(self.cameras),
            open_source=self._open_source,
            make_extractor=_no_extractor,
            available_models=lambda: self.models,
            load_model=self._load_model,
            load_prototypes=self._load_prototypes,
            config_folder=lambda: self.config,
            data_folder=lambda: self.data,
            cache_folder=lambda: self.cache,
            system_languages=lambda: self.languages,
            find_speaker=lambda: self.speaker,
            clock=self.clock,
        )

    def _load_prototypes(self) -> dict[str, Prototype]:
        if self.broken_prototypes is not None:
            raise UserFacingError(self.broken_prototypes)
        motions = {gloss: make_motion() for gloss in self.glosses if gloss != "but"}
        for gloss in self.armless:
            motions[gloss][:, [LEFT_ELBOW, RIGHT_ELBOW, LEFT_WRIST, RIGHT_WRIST]] = 0
        return {gloss: Prototype(gloss, motion, RATE) for gloss, motion in motions.items()}

    def _open_source(self, spec: str) -> FrameSource:
        if spec.startswith("camera:"):
            self.opened.append(spec)
            spec = spec.partition("@")[0]
            names = {f"camera:{camera.index}": camera.name for camera in self.cameras}
            name, live = names.get(spec, spec), True
        elif spec == "demo":
            name, live = "Demo", False
        elif spec.endswith(".npz"):
            return open_source(spec)
        elif spec.endswith(".mp4"):
            name, live = Path(spec).name, False
        else:
            raise UserFacingError(f"{spec} is not there: name an existing file, camera:N or demo.")
        source = ScriptedSource(
            name,
            live=live,
            clock=self.clock,
            pose=lambda time_ns: self.pose(time_ns),
            opening_error=self.opening_errors.get(spec),
        )
        self.sources.append(source)
        return source

    def _load_model(self, name: str | None, device: str) -> Model:
        if name in self.refused:
            self.loaded.append((name, device))
            raise UserFacingError(self.refused[name])
        assert self.models_may_load.wait(10)
        self.loaded.append((name, device))
        if device == "cuda":
            raise UserFacingError("No CUDA GPU can be used here: choose the device cpu, or auto.")
        known = name or self.models[0]
        notice = "No CUDA GPU found: the CPU does the work." if device == "auto" else None
        return Model(
            name=known,
            known_as=known if known in self.models else str(Path(known).resolve()),
            device="cpu",
            threshold=0.5,
            glosses=self.glosses,
            new_stream=lambda: self.new_stream(),
            restrict=self.restrictions.append,
            explain=self._explain,
            temperature=1.25,
            card=self.card,
            learn=self._learn,
            notice=notice,
        )

    def _learn(self, signs: Sequence[PersonalSign]) -> None:
        assert self.signs_may_be_learned.wait(10)
        if self.broken_learning is not None:
            raise self.broken_learning
        self.lessons_learned.append(signs)

    def _explain(self, sign: RecordedSign) -> Explanation:
        assert self.explanations_may_come.wait(10)
        self.explained.append(sign)
        if self.broken_explanations is not None:
            raise ValueError(self.broken_explanations)
        return make_explanation(sign)


def make_explanation(sign: RecordedSign) -> Explanation:
    """The right hand decides, and the model looks closer and closer."""
    parts = {part.name: part for part in PARTS}
    joints = np.zeros(JOINTS, np.float32)
    joints[RIGHT_HAND] = 0.6
    return Explanation(
        gloss=sign.event.candidates[0].gloss,
        probability=sign.event.candidates[0].probability,
        times_ns=sign.clip.times_ns,
        attention=np.linspace(0.0, 1.0, len(sign.clip), dtype=np.float32),
        parts=(
            PartInfluence(parts["right hand"], 0.6, "drink"),
            PartInfluence(parts["body"], 0.001, "eat"),
            PartInfluence(parts["head"], -0.02, "eat"),
        ),
        joints=joints,
        alike=("drink", "bird"),
    )


def leave_transcript(world: World, *events: SignEvent, closed: bool = True) -> None:
    """Let a session before this one have heard some signs, and have ended as it should, or not."""
    document = TranscriptDocument()
    document.hear(events)
    archive = TranscriptArchive(world.data / "transcripts", started=datetime(2026, 1, 1))
    archive.save(document.lines, closed=closed)


def a_session(*events: SignEvent, model: str = "base", started: str = "2026-01-01T10:00:00+00:00") -> Session:
    """A second of somebody with a raised hand, decoded by a model of this world."""
    shown = [hand_up(number * 40_000_000) for number in range(26)]
    clip = KeypointClip(
        joints=np.stack([keypoints.joints for keypoints in shown]),
        times_ns=np.array([keypoints.time_ns for keypoints in shown], np.int64),
        size=(WIDTH, HEIGHT),
    )
    notes = SessionNotes(
        started=started,
        source="Front camera",
        circumstances=(Circumstances(from_ns=0, model=model, threshold=0.5),),
        entries=tuple(TranscriptEntry(event) for event in events),
    )
    return Session(clip, notes, np.array([], np.int64))


def leave_session(world: World, name: str, session: Session | None = None) -> Path:
    """Let a session have been recorded; returns its file."""
    path = world.data / "sessions" / f"{name}.npz"
    save_session(path, session or a_session(sign_event("eat")))
    return path


def _no_extractor() -> KeypointExtractor:
    raise AssertionError("scripted frames bring their keypoints along")
