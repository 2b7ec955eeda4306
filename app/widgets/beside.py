"""Controls in one row."""

from PySide6.QtWidgets import QHBoxLayout, QWidget


def beside(wide: QWidget, *narrow: QWidget) -> QHBoxLayout:
    """Lay controls beside one that takes the room they leave."""
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(wide, stretch=1)
    for control in narrow:
        row.addWidget(control)
    return row
