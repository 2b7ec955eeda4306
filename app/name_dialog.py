"""Asking for a name: the dialog does not hold the window up, and goes when it is closed."""

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from app.attempt import attempt
from app.engine_words import translated
from app.widgets.naming import label, named
from app.widgets.text import em
from app.widgets.text_field import TextField

WIDTH: Final = 34
"""Of the dialog, in em."""


class NameDialog(QDialog):
    """A field with the name so far; what cannot be a name is told below it while it is typed, and cannot be taken."""

    def __init__(
        self,
        parent: QWidget,
        name: str,
        title: str,
        question: str,
        *,
        so_far: str,
        judge: Callable[[str], object],
        take: Callable[[str], object],
    ) -> None:
        """Let the user give something another name, once it is shown.

        Args:
            parent: of the dialog.
            name: of the dialog.
            title: above it.
            question: above the field.
            so_far: the name that it has.
            judge: raises a UserFacingError where a text cannot be the name.
            take: is called with what they type.
        """
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self._judge = judge
        self.field = named(TextField(), "typedName")
        self.field.setAccessibleName(question)
        self.field.setText(so_far)
        self.field.selectAll()
        self.problem = label(name="nameProblem", role="hint", wrap=True)
        standard = QDialogButtonBox.StandardButton
        self._buttons = QDialogButtonBox(standard.Ok | standard.Cancel)
        self.ok_button = self._buttons.button(standard.Ok)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self.field.textChanged.connect(self._judge_anew)
        self.accepted.connect(lambda: take(self.field.text()))
        self.finished.connect(self.deleteLater)
        self._arrange(question)
        self._judge_anew(so_far)

    def _judge_anew(self, typed: str) -> None:
        problems: list[str] = []
        attempt(lambda: self._judge(typed), problems.append)
        told = "".join(map(translated, problems))
        self.problem.setText(told)
        self.field.setAccessibleDescription(told)
        self.ok_button.setEnabled(not problems)
        self._grow()

    def _grow(self) -> None:
        """Make room for what has just been told: a dialog does not know by itself that text wraps."""
        layout = self.layout()
        assert layout is not None, "it is arranged before anything is typed"
        self.setMinimumHeight(layout.totalHeightForWidth(max(self.width(), self.minimumWidth())))

    def _arrange(self, question: str) -> None:
        self.setMinimumWidth(round(WIDTH * em(self)))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(10)
        for part in (label(question, wrap=True), self.field, self.problem, self._buttons):
            column.addWidget(part)
