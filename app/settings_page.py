"""The settings: what can be chosen, each with a word on what it does."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.actions import Action
from app.language import own_name
from app.page import Page
from app.picker_items import Item
from app.settings import (
    SYSTEM,
    TEXT_PERCENTS,
    CameraRate,
    CameraSize,
    Hand,
    Overlay,
    Recorded,
    Settings,
    ThemeChoice,
)
from app.settings_store import SettingsStore
from app.theme import Theme
from app.transcript.archive import KEPT
from app.widgets.button import ActionButton
from app.widgets.choice import Choice
from app.widgets.naming import explained, label, named
from app.widgets.text import em
from app.words import mark, tr

WIDEST_EM: Final = 76
"""Lines that are longer are hard to read."""
TITLE_EM: Final = 7.5

_THEMES: Final = (
    (mark("Like the system"), ThemeChoice.SYSTEM),
    (mark("Light"), ThemeChoice.LIGHT),
    (mark("Dark"), ThemeChoice.DARK),
    (mark("High contrast"), ThemeChoice.HIGH_CONTRAST),
)
_OVERLAYS: Final = (
    (mark("Thin lines"), Overlay.THIN),
    (mark("Bold lines"), Overlay.BOLD),
    (mark("Hands only"), Overlay.HANDS_ONLY),
)
_SIZES: Final = (
    ("640 × 480", CameraSize.SMALL),
    ("1280 × 720", CameraSize.HD),
    ("1920 × 1080", CameraSize.FULL_HD),
    (mark("As the camera wants"), CameraSize.ANY),
)
_RATES: Final = (
    ("15", CameraRate.SLOW),
    ("30", CameraRate.USUAL),
    ("60", CameraRate.FAST),
    (mark("As the camera wants"), CameraRate.ANY),
)
_ON_OFF: Final = ((mark("On"), str(True)), (mark("Off"), str(False)))
_RECORDED: Final = ((mark("Joints alone"), Recorded.KEYPOINTS), (mark("Joints and video"), Recorded.VIDEO))
_HANDS: Final = ((mark("Right hand"), Hand.RIGHT), (mark("Left hand"), Hand.LEFT))


class SettingsPage(Page):
    """Every choice holds at once, in all places; there is nothing to confirm."""

    def __init__(
        self,
        store: SettingsStore,
        actions: Mapping[Action, QAction],
        *,
        languages: Sequence[str],
        transcripts: Path,
        signs: Path,
        record: Path,
        sessions: Path,
        delivered: Callable[[], str],
    ) -> None:
        """Show what is in a store.

        Args:
            store: of the settings.
            actions: those that help, and that list what was recorded, are offered here.
            languages: that the window can be in, by their codes.
            transcripts: the folder in which the user is told that they are saved.
            signs: the same of their own signs.
            record: the file of the record of practice.
            sessions: the folder of what is recorded.
            delivered: returns what the camera delivers, in words; empty where none plays.
        """
        super().__init__()
        self.setObjectName("settings")
        self._store = store
        self._choices: dict[str, tuple[Choice, Sequence[Item]]] = {}
        self._grids: list[QGridLayout] = []
        self._delivered = delivered
        self._told_delivered = label(name="deliveredWords", role="muted", wrap=True)
        self._scrolled = named(QWidget(), "scrolled")
        self._column = QVBoxLayout(self._scrolled)
        self._column.setContentsMargins(24, 20, 24, 24)
        self._column.setSpacing(16)
        self._column.addWidget(label(tr("Settings"), "settingsTitle", role="display"))
        self._add_appearance(languages)
        self._add_camera()
        self._add_signer()
        self._add_recording(actions)
        self._add_privacy(transcripts, signs, record, sessions)
        self._add_help(actions)
        self._column.addStretch()
        self._put_into_scroll_area()
        store.changed.connect(self._show)
        self._show()

    def tick(self) -> None:
        """Bring up to date what changes with time."""
        words = self._delivered()
        self._told_delivered.setText(
            tr("The camera delivers {words}.", words=words) if words else tr("No camera plays.")
        )

    def take_over(self, former: Page) -> None:
        assert isinstance(former, SettingsPage)
        self._area.verticalScrollBar().setValue(former._area.verticalScrollBar().value())

    def apply_theme(self, theme: Theme) -> None:
        self._scrolled.setMaximumWidth(round(WIDEST_EM * em(self)))
        for grid in self._grids:
            grid.setColumnMinimumWidth(0, round(TITLE_EM * em(self)))  # the choices of all panels stand in one column

    def _add_appearance(self, languages: Sequence[str]) -> None:
        grid = self._add_panel("appearance", tr("Appearance"))
        names = [(tr("Like the system"), SYSTEM), *((own_name(code), code) for code in languages)]
        explanation = tr("Of all words but glosses and model cards. Another language is one more file.")
        self._add_choice(grid, "language", tr("Language"), explanation, names)
        self._add_choice(
            grid, "theme", tr("Colours"), tr("High contrast helps on a weak projector and weak eyes."), _shown(_THEMES)
        )
        sizes = [(f"{percent} %", str(percent)) for percent in TEXT_PERCENTS]
        self._add_choice(
            grid, "text_percent", tr("Text size"), tr("On top of what fits the window, as far as there is room."), sizes
        )
        explanation = tr("Its colours are told apart by colour-blind people, too.")
        self._add_choice(grid, "overlay", tr("Skeleton"), explanation, _shown(_OVERLAYS))

    def _add_camera(self) -> None:
        grid = self._add_panel("camera", tr("Camera"))
        size = tr("Hands are found in small pictures as well. Larger ones look better, and cost little time.")
        rate = tr("Pictures a second. Fast movements are clearer in more of them, as far as the computer keeps up.")
        self._add_choice(grid, "camera_size", tr("Resolution"), size, _shown(_SIZES))
        self._add_choice(grid, "camera_rate", tr("Frame rate"), rate, _shown(_RATES))
        grid.addWidget(self._told_delivered, grid.rowCount(), 1, 1, 2)

    def _add_signer(self) -> None:
        grid = self._add_panel("signer", tr("Signer"))
        hand = tr("Which hand leads. A left-handed signer is recognised as in a mirror; the picture stays as it is.")
        self._add_choice(grid, "dominant_hand", tr("Leading hand"), hand, _shown(_HANDS))
        hints = tr("Say what helps when hands leave the picture or get lost.")
        self._add_choice(grid, "hints", tr("Hints"), hints, _shown(_ON_OFF))

    def _add_recording(self, actions: Mapping[Action, QAction]) -> None:
        grid = self._add_panel("recording", tr("Recording"))
        explanation = tr("What Record keeps. Joints are enough to play a session again with the same signs.")
        self._add_choice(grid, "recorded", tr("Record"), explanation, _shown(_RECORDED))
        grid.addWidget(ActionButton(actions[Action.SESSIONS]), 2, 1)
        grid.addWidget(label(tr("Play, rename, export or delete what was recorded."), role="muted", wrap=True), 2, 2)

    def _add_privacy(self, transcripts: Path, signs: Path, record: Path, sessions: Path) -> None:
        grid = self._add_panel("privacy", tr("Privacy"))
        told = tr(
            "Pictures are looked at and forgotten: none is stored unless you record with video, and nothing is sent "
            "anywhere. This is kept, on this machine alone:"
        )
        grid.addWidget(label(told, "privacyWords", wrap=True), 1, 0, 1, 3)
        kept = (
            (tr("What you have chosen here, and your lessons"), self._store.path.parent),
            (tr("The transcripts of your last {kept} sessions", kept=KEPT), transcripts),
            (
                tr("The signs that you teach: joints, no pictures; one that is not kept yet lies beside the folder"),
                signs,
            ),
            (tr("The record of your practice"), record),
            (tr("What you record, until you delete it: joints, times and signs, video only if chosen above"), sessions),
        )
        for row, (what, path) in enumerate(kept, start=2):
            where = label(str(path), role="muted")
            where.setWordWrap(True)  # no more than that: what is copied is the path alone
            where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(label(what, wrap=True), row, 0, 1, 2, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(where, row, 2, Qt.AlignmentFlag.AlignTop)

    def _add_help(self, actions: Mapping[Action, QAction]) -> None:
        grid = self._add_panel("help", tr("Help"))
        row = QHBoxLayout()
        row.setSpacing(10)
        for action in (Action.SHOW_SHORTCUTS, Action.SHOW_LOG, Action.SAVE_REPORT):
            row.addWidget(ActionButton(actions[action]))
        row.addStretch()
        grid.addLayout(row, 1, 0, 1, 3)
        told = tr(
            "A report holds versions, settings and the last log lines. It goes where you say, and is sent nowhere."
        )
        grid.addWidget(label(told, role="muted", wrap=True), 2, 0, 1, 3)

    def _add_panel(self, name: str, title: str) -> QGridLayout:
        panel = named(QFrame(), f"{name}Panel", role="panel")
        grid = QGridLayout(panel)
        grid.setContentsMargins(20, 14, 20, 18)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(2, 1)
        grid.addWidget(label(title, role="title"), 0, 0, 1, 3)
        self._grids.append(grid)
        self._column.addWidget(panel)
        return grid

    def _add_choice(self, grid: QGridLayout, field: str, name: str, explanation: str, items: Sequence[Item]) -> None:
        """Add a row that sets one field of the settings."""
        choice = explained(Choice(f"{field}Choice", letters=14), explanation, name=name)
        choice.picked.connect(lambda value: self._store.change(**{field: _typed(field, value)}))
        self._choices[field] = choice, items
        row = grid.rowCount()
        title = label(name)
        title.setBuddy(choice)
        grid.addWidget(title, row, 0)
        grid.addWidget(choice, row, 1)
        grid.addWidget(label(explanation, role="muted", wrap=True), row, 2)

    def _put_into_scroll_area(self) -> None:
        self._area = named(QScrollArea(), "settingsScroll")
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self._scrolled)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._area)

    def _show(self) -> None:
        for field, (choice, items) in self._choices.items():
            choice.show_items(items, str(getattr(self._store.settings, field)))


def _shown(items: Sequence[Item]) -> list[Item]:
    """Return items of a table in the language in use."""
    return [(tr(text), value) for text, value in items]


def _typed(field: str, value: str) -> Any:
    """Return the text of a choice in the type of its field."""
    kind = type(getattr(Settings(), field))
    return value == str(True) if kind is bool else kind(value)
