"""The settings: what can be chosen, each with a word on what it does."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from app.page import Page
from app.settings import TEXT_PERCENTS, Settings, ThemeChoice
from app.settings_store import SettingsStore
from app.view_model import Item
from app.widgets.choice import Choice
from app.widgets.naming import label, named

WIDEST: Final = 980
"""Pixels; lines that are longer are hard to read."""

_THEMES: Final = (
    ("Like the system", ThemeChoice.SYSTEM),
    ("Light", ThemeChoice.LIGHT),
    ("Dark", ThemeChoice.DARK),
    ("High contrast", ThemeChoice.HIGH_CONTRAST),
)


class SettingsPage(Page):
    """Every choice holds at once, in all places; there is nothing to confirm."""

    def __init__(self, store: SettingsStore) -> None:
        super().__init__()
        self.setObjectName("settings")
        self._store = store
        self._choices: dict[str, tuple[Choice, Sequence[Item]]] = {}
        scrolled = named(QWidget(), "scrolled")
        self._column = QVBoxLayout(scrolled)
        self._column.setContentsMargins(24, 20, 24, 24)
        self._column.setSpacing(16)
        self._column.addWidget(label("Settings", "settingsTitle", role="display"))
        self._add_appearance()
        self._column.addStretch()
        self._put_into_scroll_area(scrolled)
        store.changed.connect(self._show)
        self._show()

    def _add_appearance(self) -> None:
        grid = self._add_panel("Appearance")
        self._add_choice(grid, "theme", "Colours", "High contrast helps on a weak projector and weak eyes.", _THEMES)
        sizes = [(f"{percent} %", str(percent)) for percent in TEXT_PERCENTS]
        self._add_choice(
            grid, "text_percent", "Text size", "Larger windows have larger text already; this comes on top.", sizes
        )

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
        grid.addWidget(title, row, 0)
        grid.addWidget(choice, row, 1)
        grid.addWidget(label(explanation, role="muted", wrap=True), row, 2)

    def _put_into_scroll_area(self, scrolled: QWidget) -> None:
        scrolled.setMaximumWidth(WIDEST)
        area = named(QScrollArea(), "settingsScroll")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(scrolled)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)

    def _show(self) -> None:
        for field, (choice, items) in self._choices.items():
            choice.show_items(items, str(getattr(self._store.settings, field)))


def _typed(field: str, value: str) -> Any:
    """Return the text of a choice in the type of its field."""
    return type(getattr(Settings(), field))(value)
