"""What stands in one place of the window."""

from PySide6.QtWidgets import QWidget

from app.bridge import News
from app.theme import Theme


class Page(QWidget):
    """A page is built when its place is first visited and lives as long as the window keeps its language.

    Its focus proxy, if it has one, gets the focus when the place is reached by its shortcut. What it needs only
    while somebody looks at it, it begins in `showEvent` and ends in `hideEvent`.
    """

    @property
    def unfinished(self) -> bool:
        """The user has begun something here that the page alone holds."""
        return False

    def take_over(self, former: "Page") -> None:
        """Go on with what is unfinished on another page of this place, which will not be shown any more."""

    def show_news(self, news: News) -> None:
        """Take in what the pipeline tells, whether or not somebody looks."""

    def apply_theme(self, theme: Theme) -> None:
        """Take over the colours of what is painted by hand; called when the page has been built, and with each change.

        The stylesheet holds already, so the page's font has the size that it is shown in.
        """
