"""The rail, and beside it the page of the place that is shown."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from app.actions import Action, text_of
from app.page import Page
from app.theme import Theme
from app.widgets.naming import named
from app.widgets.rail import Rail


class PlaceStack(QWidget):
    """Shows one place at a time; its page is built when it is first visited."""

    changed = Signal()
    """Another place is shown."""

    def __init__(self, actions: Mapping[Action, QAction], builders: Mapping[Action, Callable[[], Page]]) -> None:
        """Show the pages that `builders` build; places go by the action that goes there, in the order of the rail."""
        super().__init__()
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._actions = actions
        self._builders = builders
        self._pages: dict[Action, Page] = {}
        self._theme: Theme | None = None
        self._stack = named(QStackedWidget(), "places")
        self.rail = Rail([actions[place] for place in builders])
        one_place = QActionGroup(self)
        for place in builders:
            one_place.addAction(actions[place])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(self._stack, stretch=1)

    @property
    def place(self) -> Action:
        """The place that is shown, by the action that goes there."""
        return next(place for place, page in self._pages.items() if page is self._stack.currentWidget())

    @property
    def pages(self) -> tuple[Page, ...]:
        """Those that have been visited."""
        return tuple(self._pages.values())

    def go_to(self, place: Action) -> None:
        """Show a place, and tell screen readers."""
        page = self._page(place)
        self._actions[place].setChecked(True)
        if self._stack.currentWidget() is page:
            return
        window = self.window()
        from_the_rail = self.rail.isAncestorOf(window.focusWidget() or window)
        self._stack.setCurrentWidget(page)
        self.changed.emit()
        if not from_the_rail:
            (page.focusProxy() or window).setFocus()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(window, text_of(place)))

    def apply_theme(self, theme: Theme) -> None:
        """Let the pages, those yet to be built as well, take over the colours of what is painted by hand."""
        self._theme = theme
        for page in self.pages:
            page.apply_theme(theme)

    def take_over(self, former: "PlaceStack") -> None:
        """Be looked at instead of another one: with its colours, and with what is unfinished on its pages."""
        self._theme = former._theme
        for place, page in former._pages.items():
            if page.unfinished:
                self._page(place).take_over(page)

    def _page(self, place: Action) -> Page:
        if place not in self._pages:
            page = self._pages[place] = self._builders[place]()
            self._stack.addWidget(page)
            page.ensurePolished()
            if self._theme is not None:
                page.apply_theme(self._theme)
        return self._pages[place]
