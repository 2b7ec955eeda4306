"""A field for one line of text."""

from PySide6.QtWidgets import QLineEdit

from app.widgets.naming import named


def text_field(name: str, words: str) -> QLineEdit:
    """Return a field that says in these words what it is for, as long as it is empty and to screen readers."""
    field = named(QLineEdit(), name)
    field.setAccessibleName(words)
    field.setPlaceholderText(words)
    field.setToolTip(words)
    field.setClearButtonEnabled(True)
    return field
