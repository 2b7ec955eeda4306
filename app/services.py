"""What the window needs of the engine and of the machine, as functions that tests replace by scripted ones."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QStandardPaths

from app.loading import loading
from app.transcript.speech import Speaker, find_speaker
from engine.keypoints.extractor import KeypointExtractor
from engine.pipeline.recognition import SignStream
from engine.recognition.memory import RecordedSign
from engine.sources.base import FrameSource

if TYPE_CHECKING:
    from engine.recognition.explanation import Explanation
    from engine.sources.camera import CameraInfo
    from engine.sources.camera_watch import CameraWatch
    from engine.sources.personal_signs import PersonalSign
    from engine.sources.prototypes import Prototype


@dataclass(frozen=True, slots=True)
class Model:
    """A recogniser that is ready.

    Attributes:
        name: of the model.
        known_as: what it is loaded by again, wherever the window is started then.
        device: what it runs on: "cpu" or "cuda".
        threshold: the probability below which it abstains.
        glosses: its vocabulary.
        new_stream: starts decoding a stream of keypoints from its beginning.
        learn: names these personal signs, too, and no others, in streams to come; on any thread. Raises
            `UserFacingError`.
        restrict: names some of its glosses alone in streams to come, all of them with None; on any thread.
        explain: tells why a sign got its gloss; slow, on any thread.
        temperature: what its logits are divided by, so that its probabilities can be believed.
        background_bias: what is added then to the logit of signs that it does not know; see `Calibration`.
        card: what is known of it, in Markdown; empty where nothing is.
        notice: what the user should know about the device, if anything.
    """

    name: str
    known_as: str
    device: str
    threshold: float
    glosses: tuple[str, ...]
    new_stream: Callable[[], SignStream]
    restrict: Callable[[frozenset[str] | None], None]
    learn: "Callable[[Sequence[PersonalSign]], None]"
    explain: "Callable[[RecordedSign], Explanation]"
    temperature: float = 1.0
    background_bias: float = 0.0
    card: str = ""
    notice: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The engine, seen from the window. What may be slow is called on worker threads.

    Attributes:
        list_cameras: the cameras of this machine.
        watch_cameras: the same where they may have changed since the last call, None where not; disturbs none of them.
        open_source: the source that a word or path names; not yet entered. Raises `UserFacingError`.
        make_extractor: see `engine.keypoints`.
        available_models: names of the models that come along.
        load_model: by name or path (None: the default) onto a device. Raises `UserFacingError`.
        load_prototypes: the motions that come along, by gloss. Raises `UserFacingError`.
        config_folder: where the settings are kept; need not be there yet.
        data_folder: where the window keeps what the user has made; need not be there yet.
        cache_folder: where the window keeps what it can make again; need not be there yet.
        system_languages: that the user wants to read, best first, such as "zh-Hans-CN".
        find_speaker: the voice of this computer, None without one; called once, on the interface thread.
        clock: monotonic nanoseconds, the same clock as `Frame.arrived_ns`.
    """

    list_cameras: Callable[[], "tuple[CameraInfo, ...]"]
    watch_cameras: Callable[[], "tuple[CameraInfo, ...] | None"]
    open_source: Callable[[str], FrameSource]
    make_extractor: Callable[[], KeypointExtractor]
    available_models: Callable[[], tuple[str, ...]]
    load_model: Callable[[str | None, str], Model]
    load_prototypes: "Callable[[], Mapping[str, Prototype]]"
    config_folder: Callable[[], Path]
    data_folder: Callable[[], Path]
    cache_folder: Callable[[], Path]
    system_languages: Callable[[], Sequence[str]]
    find_speaker: Callable[[], Speaker | None]
    clock: Callable[[], int] = time.monotonic_ns


def engine_services() -> Services:
    """Return the engine itself.

    Each function imports its part when it is first called: the window is visible long before PyTorch, MediaPipe
    and OpenCV are.
    """
    return Services(
        list_cameras=_list_cameras,
        watch_cameras=_camera_watch(),
        open_source=_open_source,
        make_extractor=_make_extractor,
        available_models=_available_models,
        load_model=_load_model,
        load_prototypes=_load_prototypes,
        config_folder=lambda: _folder(QStandardPaths.StandardLocation.GenericConfigLocation),
        data_folder=lambda: _folder(QStandardPaths.StandardLocation.GenericDataLocation),
        cache_folder=lambda: _folder(QStandardPaths.StandardLocation.GenericCacheLocation),
        system_languages=lambda: QLocale.system().uiLanguages(),
        find_speaker=find_speaker,
    )


def _load_prototypes() -> "Mapping[str, Prototype]":
    from engine.sources.prototypes import load_all_prototypes

    return load_all_prototypes()


def _folder(kind: QStandardPaths.StandardLocation) -> Path:
    return Path(QStandardPaths.writableLocation(kind)) / "masa-live"


def _list_cameras() -> "tuple[CameraInfo, ...]":
    from engine.sources import list_cameras

    return list_cameras()


def _camera_watch() -> Callable[[], "tuple[CameraInfo, ...] | None"]:
    @cache
    def watch() -> "CameraWatch":
        from engine.sources.camera_watch import CameraWatch

        return CameraWatch()

    return lambda: watch().look()


def _open_source(spec: str) -> FrameSource:
    from engine.sources import open_source

    return open_source(spec)


@loading()
def _make_extractor() -> KeypointExtractor:
    from engine.keypoints.holistic import live_extractor

    return live_extractor()


@loading()
def _available_models() -> tuple[str, ...]:
    from engine.models.folder import available_models

    return available_models()


@loading()
def _load_model(name: str | None, device: str) -> Model:
    from engine.models.folder import lasting_name, load_model, read_card, resolve_model
    from engine.recognition.devices import choose_device
    from engine.recognition.explanation import explain_sign
    from engine.recognition.recogniser import Recogniser
    from engine.recognition.stream import StreamRecogniser

    choice = choose_device(device)
    folder = resolve_model(name)
    model = load_model(folder)
    recogniser = Recogniser(model, device=choice.device)
    return Model(
        name=recogniser.name,
        known_as=lasting_name(folder),
        device=recogniser.device,
        threshold=recogniser.stream_threshold,
        glosses=recogniser.glosses,
        new_stream=lambda: StreamRecogniser(recogniser),
        restrict=recogniser.restrict,
        explain=lambda sign: explain_sign(recogniser, sign),
        temperature=model.calibration.temperature,
        background_bias=model.calibration.background_bias,
        card=read_card(folder),
        learn=recogniser.learn,
        notice=choice.notice,
    )
