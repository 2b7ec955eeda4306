"""The glosses of a vocabulary, found by typing, ticked for a lesson."""

from collections.abc import Collection, Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView

from app.words import mark, tr

Index = QModelIndex | QPersistentModelIndex

NOTHING: Final = QModelIndex()
NO_MOTION: Final = mark("no motion yet")
NOT_FOUND: Final = mark("No sign of this vocabulary holds these letters.")
NONE_TICKED: Final = mark("No sign is ticked.")
NO_TICKED_FOUND: Final = mark("No ticked sign holds these letters.")


class GlossModel(QAbstractListModel):
    """Glosses with a tick each; those without a motion to show say so.

    Ticks of glosses that the vocabulary lacks are kept for one that knows them.
    """

    ticked_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._glosses: tuple[str, ...] = ()
        self._with_motion: Collection[str] = ()
        self._ticked: frozenset[str] = frozenset()

    @property
    def glosses(self) -> tuple[str, ...]:
        """All of them, in alphabetical order."""
        return self._glosses

    @property
    def ticked(self) -> frozenset[str]:
        """Of the glosses that are listed."""
        return self._ticked.intersection(self._glosses)

    @property
    def ticked_elsewhere(self) -> frozenset[str]:
        """The glosses of other vocabularies that are ticked."""
        return self._ticked.difference(self._glosses)

    def is_ticked(self, row: int) -> bool:
        return self._glosses[row] in self._ticked

    def show_glosses(self, glosses: Sequence[str], with_motion: Collection[str]) -> None:
        """Show another vocabulary; the ticks stay."""
        self.beginResetModel()
        self._glosses, self._with_motion = tuple(sorted(glosses)), with_motion
        self.endResetModel()
        self.ticked_changed.emit()

    def show_motions(self, with_motion: Collection[str]) -> None:
        """Say of other glosses that they have none."""
        self._with_motion = with_motion
        self.dataChanged.emit(self.index(0), self.index(len(self._glosses) - 1), [Qt.ItemDataRole.DisplayRole])

    def tick(self, glosses: Collection[str]) -> None:
        """Tick these glosses and no others."""
        self._ticked = frozenset(glosses)
        self.dataChanged.emit(self.index(0), self.index(len(self._glosses) - 1), [Qt.ItemDataRole.CheckStateRole])
        self.ticked_changed.emit()

    def rowCount(self, parent: Index = NOTHING) -> int:  # noqa: N802 (Qt's name)
        return 0 if parent.isValid() else len(self._glosses)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        gloss = self._glosses[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return gloss if gloss in self._with_motion else f"{gloss}  ({tr(NO_MOTION)})"
            case Qt.ItemDataRole.UserRole:
                return gloss
            case Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if self.is_ticked(index.row()) else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802 (Qt's name)
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self._ticked ^= {self._glosses[index.row()]}
        self.dataChanged.emit(index, index, [role])
        self.ticked_changed.emit()
        return True


class TickedFilter(QSortFilterProxyModel):
    """Leaves the glosses that hold some text, all or the ticked ones alone.

    A gloss that loses its tick stays until other glosses are asked for: a slip is put right where it happened.
    """

    def __init__(self, glosses: GlossModel) -> None:
        super().__init__()
        self._glosses = glosses
        self.ticked_alone = False
        self.setDynamicSortFilter(False)
        self.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterRole(Qt.ItemDataRole.UserRole)
        self.setSourceModel(glosses)

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:  # noqa: N802 (Qt's name)
        if self.ticked_alone and not self._glosses.is_ticked(row):
            return False
        return super().filterAcceptsRow(row, parent)


class GlossList(QListView):
    """One gloss is chosen with the arrow keys or by typing its beginning; the space bar ticks it."""

    chosen = Signal(str)

    def __init__(self, glosses: GlossModel) -> None:
        super().__init__()
        self.setObjectName("glosses")
        self.setAccessibleName(tr("Signs of the vocabulary"))
        self.setToolTip(tr("Arrow keys choose a sign, the space bar ticks it for a lesson"))
        self._glosses = glosses
        self._filter = TickedFilter(glosses)
        self._letters = ""
        self.setModel(self._filter)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._filter.modelReset.connect(self._choose_first)

    @property
    def shown(self) -> tuple[str, ...]:
        """The glosses that are left to choose from."""
        return tuple(
            self._filter.index(row, 0).data(Qt.ItemDataRole.UserRole) for row in range(self._filter.rowCount())
        )

    def search(self, text: str) -> None:
        """Leave the glosses that hold some text."""
        self._letters = text.strip()
        self._find()

    def show_ticked_alone(self, alone: bool) -> None:
        """Leave the glosses that are ticked now, or let ticks not matter."""
        self._filter.ticked_alone = alone
        self._find()

    def choose(self, gloss: str) -> None:
        """Show a gloss that is left to choose from."""
        if gloss in self.shown:
            self.setCurrentIndex(self._filter.index(self.shown.index(gloss), 0))
            self.scrollTo(self.currentIndex())

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 (Qt's name)
        super().currentChanged(current, previous)
        self.chosen.emit(current.data(Qt.ItemDataRole.UserRole) or "")

    @property
    def notice(self) -> str:
        """What is said instead of glosses, where there are none."""
        if self._filter.rowCount() or not self._glosses.glosses:
            return ""
        if not self._filter.ticked_alone:
            return tr(NOT_FOUND)
        return tr(NO_TICKED_FOUND if self._glosses.ticked else NONE_TICKED)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        super().paintEvent(event)
        if self.notice:
            painter = QPainter(self.viewport())
            painter.setPen(self.palette().text().color())
            centred = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.viewport().rect(), centred, self.notice)
            painter.end()

    def _find(self) -> None:
        """Look at every gloss anew."""
        self._filter.setFilterFixedString(self._letters)
        if not self.currentIndex().isValid():
            self._choose_first()
        self.scrollTo(self.currentIndex())

    def _choose_first(self) -> None:
        first = self._filter.index(0, 0)
        self.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.ClearAndSelect)
