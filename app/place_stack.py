"""The rail, and beside it the page of the place that is shown."""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAction, QActionGroup, QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from app.actions import Action, text_of
from app.page import Page
from app.theme import Theme
from app.widgets.naming import named
from app.widgets.rail import Rail

PAUSE_MS: Final = 10
"""Between two pages that come back: whatever the user does meanwhile has its turn."""


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

    def lay_aside(self) -> None:
        """Take the pages that nobody sees out of the window; they come back one by one, or when they are visited.

        Qt gives a new stylesheet to every widget of the window at once, which would hold it up; so each page gets it by
        itself, in a turn of its own.
        """
        for page in self.pages:
            if page is not self._stack.currentWidget():
                self._stack.removeWidget(page)
                page.setParent(None)
        QTimer.singleShot(PAUSE_MS, self, self._take_one_back)

    def take_over(self, former: "PlaceStack") -> None:
        """Be looked at instead of another one: with its colours, and with what is unfinished on its pages."""
        self._theme = former._theme
        for place, page in former._pages.items():
            if page.unfinished:
                self._page(place).take_over(page)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 (Qt's name)
        super().hideEvent(event)
        for page in filter(self._is_aside, self.pages):  # nobody's, it would outlive a window that closes
            self._stack.addWidget(page)

    def _page(self, place: Action) -> Page:
        if place not in self._pages:
            page = self._pages[place] = self._builders[place]()
            self._stack.addWidget(page)
            page.ensurePolished()
            if self._theme is not None:
                page.apply_theme(self._theme)
        elif self._is_aside(self._pages[place]):
            self._stack.addWidget(self._pages[place])
        return self._pages[place]

    def _take_one_back(self) -> None:
        aside = next(filter(self._is_aside, self.pages), None)
        if aside is not None:
            self._stack.addWidget(aside)
            QTimer.singleShot(PAUSE_MS, self, self._take_one_back)

    def _is_aside(self, page: Page) -> bool:
        return self._stack.indexOf(page) < 0
