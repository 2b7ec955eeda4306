"""The settings: what can be chosen, each with a word on what it does."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.actions import Action
from app.page import Page
from app.settings import TEXT_PERCENTS, Hand, Overlay, Settings, ThemeChoice
from app.settings_store import SettingsStore
from app.theme import Theme
from app.transcript.archive import KEPT
from app.view_model import Item
from app.widgets.button import ActionButton
from app.widgets.choice import Choice
from app.widgets.naming import label, named
from app.widgets.text import em

WIDEST_EM: Final = 76
"""Lines that are longer are hard to read."""
TITLE_EM: Final = 7.5

_THEMES: Final = (
    ("Like the system", ThemeChoice.SYSTEM),
    ("Light", ThemeChoice.LIGHT),
    ("Dark", ThemeChoice.DARK),
    ("High contrast", ThemeChoice.HIGH_CONTRAST),
)
_OVERLAYS: Final = (
    ("Thin lines", Overlay.THIN),
    ("Bold lines", Overlay.BOLD),
    ("Hands only", Overlay.HANDS_ONLY),
)
_HANDS: Final = (("Right hand", Hand.RIGHT), ("Left hand", Hand.LEFT))


class SettingsPage(Page):
    """Every choice holds at once, in all places; there is nothing to confirm."""

    def __init__(
        self, store: SettingsStore, actions: Mapping[Action, QAction], *, transcripts: Path, signs: Path
    ) -> None:
        """Show what is in a store; the user is told that transcripts and their own signs are saved in these folders."""
        super().__init__()
        self.setObjectName("settings")
        self._store = store
        self._choices: dict[str, tuple[Choice, Sequence[Item]]] = {}
        self._titles: list[QLabel] = []
        self._scrolled = named(QWidget(), "scrolled")
        self._column = QVBoxLayout(self._scrolled)
        self._column.setContentsMargins(24, 20, 24, 24)
        self._column.setSpacing(16)
        self._column.addWidget(label("Settings", "settingsTitle", role="display"))
        self._add_appearance()
        self._add_signer()
        self._add_privacy(transcripts, signs)
        self._add_help(actions)
        self._column.addStretch()
        self._put_into_scroll_area()
        store.changed.connect(self._show)
        self._show()

    def apply_theme(self, theme: Theme) -> None:
        self._scrolled.setMaximumWidth(round(WIDEST_EM * em(self)))
        for title in self._titles:
            title.setMinimumWidth(round(TITLE_EM * em(self)))  # the choices of all panels stand in one column

    def _add_appearance(self) -> None:
        grid = self._add_panel("Appearance")
        self._add_choice(grid, "theme", "Colours", "High contrast helps on a weak projector and weak eyes.", _THEMES)
        sizes = [(f"{percent} %", str(percent)) for percent in TEXT_PERCENTS]
        self._add_choice(
            grid, "text_percent", "Text size", "On top of what fits the window, as far as there is room.", sizes
        )

        self._add_choice(
            grid, "overlay", "Skeleton", "Its colours are told apart by colour-blind people, too.", _OVERLAYS
        )

    def _add_signer(self) -> None:
        grid = self._add_panel("Signer")
        explanation = "Which hand leads. A left-handed signer is recognised as in a mirror; the picture stays as it is."
        self._add_choice(grid, "dominant_hand", "Leading hand", explanation, _HANDS)

    def _add_privacy(self, transcripts: Path, signs: Path) -> None:
        grid = self._add_panel("Privacy")
        words = label(
            "Pictures are looked at and forgotten: none is stored, and nothing is sent anywhere. What you have chosen "
            f"here, and your lessons, are kept on this machine alone, in\n{self._store.path.parent}\n"
            f"The transcripts of your last {KEPT} sessions are saved on this machine alone, too, in\n{transcripts}\n"
            f"and so are the signs that you teach, as joints without pictures, in\n{signs}",
            "privacyWords",
            wrap=True,
        )
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(words, 1, 0, 1, 3)

    def _add_help(self, actions: Mapping[Action, QAction]) -> None:
        grid = self._add_panel("Help")
        row = QHBoxLayout()
        row.setSpacing(10)
        for action in (Action.SHOW_SHORTCUTS, Action.SHOW_LOG, Action.SAVE_REPORT):
            row.addWidget(ActionButton(actions[action]))
        row.addStretch()
        grid.addLayout(row, 1, 0, 1, 3)
        told = "A report holds versions, settings and the last log lines. It goes where you say, and is sent nowhere."
        grid.addWidget(label(told, role="muted", wrap=True), 2, 0, 1, 3)

    def _add_panel(self, title: str) -> QGridLayout:
        panel = named(QFrame(), f"{title.lower()}Panel", role="panel")
        grid = QGridLayout(panel)
        grid.setContentsMargins(20, 14, 20, 18)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(2, 1)
        grid.addWidget(label(title, role="title"), 0, 0, 1, 3)
        self._column.addWidget(panel)
        return grid

    def _add_choice(self, grid: QGridLayout, field: str, name: str, explanation: str, items: Sequence[Item]) -> None:
        """Add a row that sets one field of the settings."""
        choice = Choice(f"{field}Choice", letters=14)
        choice.setAccessibleName(name)
        choice.setAccessibleDescription(explanation)
        choice.setToolTip(explanation)
        choice.picked.connect(lambda value: self._store.change(**{field: _typed(field, value)}))
        self._choices[field] = choice, items
        row = grid.rowCount()
        title = label(name)
        title.setBuddy(choice)
        self._titles.append(title)
        grid.addWidget(title, row, 0)
        grid.addWidget(choice, row, 1)
        grid.addWidget(label(explanation, role="muted", wrap=True), row, 2)

    def _put_into_scroll_area(self) -> None:
        area = named(QScrollArea(), "settingsScroll")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._scrolled)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)

    def _show(self) -> None:
        for field, (choice, items) in self._choices.items():
            choice.show_items(items, str(getattr(self._store.settings, field)))


def _typed(field: str, value: str) -> Any:
    """Return the text of a choice in the type of its field."""
    return type(getattr(Settings(), field))(value)
