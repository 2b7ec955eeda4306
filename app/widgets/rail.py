"""The way from place to place: a slim column of icons with their words."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolButton, QVBoxLayout

from app.widgets.recording_mark import RecordingMark
from app.widgets.text import em
from app.words import tr


class Rail(QFrame):
    """One button a place, of which one is down; below them stands what has to be known in every place.

    Tab stops at the button that is down; the arrow keys go to the others.
    """

    def __init__(self, actions: Sequence[QAction]) -> None:
        super().__init__()
        self.setObjectName("rail")
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 12, 6, 12)
        column.setSpacing(6)
        for action in actions:
            column.addWidget(PlaceButton(action))
        column.addStretch()
        self.recording_mark = RecordingMark("railRecordingMark")
        self.recording_mark.setWordWrap(True)
        self.recording_mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        # The page beside must not move when it comes, and with every other second.
        self.recording_mark.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.recording_mark.setMinimumWidth(1)
        column.addWidget(self.recording_mark)
        self._name()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._name()

    def _name(self) -> None:
        self.setAccessibleName(tr("Places"))


class PlaceButton(QToolButton):
    """Goes to a place and says whether it is the one that is shown."""

    def __init__(self, action: QAction) -> None:
        super().__init__()
        self.setObjectName(f"{action.objectName()}Button")
        self.setDefaultAction(action)
        self.setAutoExclusive(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._follow)
        self._follow(self.isChecked())

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            side = round(1.7 * em(self))
            self.setIconSize(QSize(side, side))
        elif event.type() is QEvent.Type.LanguageChange:
            self._describe(self.isChecked())

    def _follow(self, current: bool) -> None:
        # Qt would let Tab stop at the button that had the focus last.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if current else Qt.FocusPolicy.ClickFocus)
        self._describe(current)

    def _describe(self, current: bool) -> None:
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(
            tr("You are here. {explanation}", explanation=self.toolTip()) if current else self.toolTip()
        )
