"""That something is being recorded, in words beside a colour."""

from PySide6.QtWidgets import QLabel

from app.view_model import clock_time
from app.widgets.naming import named
from app.words import tr


class RecordingMark(QLabel):
    """Is there only while something is recorded."""

    def __init__(self, name: str) -> None:
        super().__init__()
        named(self, name, role="recording")
        self.hide()

    def show_duration(self, duration_ns: int | None) -> None:
        """Show how long a recording has been under way; None where there is none."""
        if duration_ns is not None:
            self.setText(tr("● Recording {time}", time=clock_time(duration_ns)))
        self.setVisible(duration_ns is not None)
