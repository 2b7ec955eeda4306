"""Asking for a name: the dialog does not hold the window up, and goes when it is closed."""

from collections.abc import Callable

from PySide6.QtWidgets import QInputDialog, QWidget


def ask_for_name(
    parent: QWidget, name: str, title: str, question: str, *, so_far: str, take: Callable[[str], object]
) -> None:
    """Let the user give something another name.

    Args:
        parent: of the dialog.
        name: of the dialog.
        title: above it.
        question: above the field.
        so_far: the name that it has.
        take: is called with what they type.
    """
    dialog = QInputDialog(parent)
    dialog.setObjectName(name)
    dialog.setWindowTitle(title)
    dialog.setLabelText(question)
    dialog.setTextValue(so_far)
    dialog.textValueSelected.connect(take)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
