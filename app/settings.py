"""What the window remembers from one start to the next: one readable file, of which every valid field counts."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final

from app.words import mark
from engine.errors import UserFacingError
from engine.settings import parse_settings
from engine.sources.camera_spec import CameraWish

VERSION: Final = 1
UNREADABLE: Final = mark("unreadable lines")
"""Told of a file of which some lines could not be used at all."""
SYSTEM: Final = "system"
"""The language that follows the system's."""
DEVICES: Final = ("auto", "cpu", "cuda")
"""Those of the engine, which says so beside PyTorch: importing that takes seconds."""
TEXT_PERCENTS: Final = (80, 90, 100, 115, 130, 150)
PRACTICE_SIGNS: Final = (5, 10, 20)


class ThemeChoice(StrEnum):
    """Which colours the window has."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high contrast"


class Overlay(StrEnum):
    """How the skeleton is drawn over the picture."""

    THIN = "thin"
    BOLD = "bold"
    HANDS_ONLY = "hands only"


class Hand(StrEnum):
    """The hand that a signer leads with."""

    RIGHT = "right"
    LEFT = "left"


class CameraSize(StrEnum):
    """Width and height that cameras are asked for."""

    SMALL = "640x480"
    HD = "1280x720"
    FULL_HD = "1920x1080"
    ANY = "any"


class CameraRate(StrEnum):
    """Pictures a second that cameras are asked for."""

    SLOW = "15"
    USUAL = "30"
    FAST = "60"
    ANY = "any"


class Recorded(StrEnum):
    """What a recording holds."""

    KEYPOINTS = "keypoints"
    VIDEO = "keypoints and video"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All that is remembered.

    Attributes:
        theme: colours of the window.
        text_percent: size of all text, one of `TEXT_PERCENTS`; 100 is what fits the window.
        mirror: the picture of a camera is shown as in a mirror.
        zoom: the picture shows the signer alone, as large as fits.
        overlay: how the skeleton is drawn.
        camera_size: what cameras are asked for.
        camera_rate: the same.
        hints: it is said what a signer could do to be seen better.
        dominant_hand: of the signer.
        recorded: what a recording holds.
        plot: the plot of the last seconds is shown.
        source: what was watched last, as on the command line; None for the first camera.
        model: name or folder of the model that was used last; None for the default.
        device: that the model runs on, one of `DEVICES`.
        lesson: name of the lesson whose signs alone are recognised; None for all signs.
        language: of the window, as a file of a translation is called, such as "zh_CN"; "system" for the system's.
        practice_signs: how many signs a practice round asks for, one of `PRACTICE_SIGNS`.
        geometry: where the window stood, as Qt writes it, in hexadecimal digits.
    """

    theme: ThemeChoice = ThemeChoice.SYSTEM
    text_percent: int = 100
    mirror: bool = True
    zoom: bool = False
    overlay: Overlay = Overlay.THIN
    camera_size: CameraSize = CameraSize.SMALL
    camera_rate: CameraRate = CameraRate.USUAL
    hints: bool = True
    dominant_hand: Hand = Hand.RIGHT
    recorded: Recorded = Recorded.KEYPOINTS
    plot: bool = True
    source: str | None = None
    model: str | None = None
    device: str = "auto"
    lesson: str | None = None
    language: str = SYSTEM
    practice_signs: int = 10
    geometry: str = ""

    def __post_init__(self) -> None:
        if self.text_percent not in TEXT_PERCENTS:
            raise UserFacingError(f"text_percent should be one of {TEXT_PERCENTS}, not {self.text_percent}.")
        if self.practice_signs not in PRACTICE_SIGNS:
            raise UserFacingError(f"practice_signs should be one of {PRACTICE_SIGNS}, not {self.practice_signs}.")
        if self.device not in DEVICES:
            raise UserFacingError(f"device should be one of {DEVICES}, not {self.device!r}.")

    @property
    def camera_wish(self) -> CameraWish:
        """Size and rate that cameras are asked for."""
        return CameraWish.parse(f"{self.camera_size}@{self.camera_rate}")


def to_json(settings: Settings) -> str:
    """Return the text of a settings file: one field a line."""
    return json.dumps({"version": VERSION} | asdict(settings), indent=2, ensure_ascii=False) + "\n"


def from_json(text: str) -> tuple[Settings, tuple[str, ...]]:
    """Read a settings file, however damaged it is.

    Returns:
        The settings, with the default for whatever is missing or not valid, and what was not used: names of
        fields, or `UNREADABLE`.
    """
    table, dropped = _table(text)
    table.pop("version", None)
    valid: dict[str, Any] = {}
    for name, value in table.items():
        try:
            valid[name] = getattr(parse_settings(Settings, {name: value}, where="settings"), name)
        except UserFacingError:
            dropped.append(name)
    return Settings(**valid), tuple(dropped)


def _table(text: str) -> tuple[dict[str, Any], list[str]]:
    try:
        table = json.loads(text)
    except ValueError:
        return _readable_lines(text)
    return (dict(table), []) if isinstance(table, Mapping) else ({}, [UNREADABLE])


def _readable_lines(text: str) -> tuple[dict[str, Any], list[str]]:
    """Of a file that was cut off or edited wrongly, each line that is a field."""
    table: dict[str, Any] = {}
    unreadable = False
    for line in text.splitlines():
        field = line.strip().rstrip(",")
        if field in ("", "{", "}"):
            continue
        try:
            table |= json.loads(f"{{{field}}}")
        except ValueError:
            unreadable = True
    return table, [UNREADABLE] if unreadable else []
