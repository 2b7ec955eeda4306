"""The rail, and beside it the page of the place that is shown."""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAction, QActionGroup, QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QStackedWidget, QWidget

from app.actions import Action, text_of
from app.page import Page
from app.theme import Theme
from app.widgets.naming import named
from app.widgets.rail import PlaceButton, Rail

PAUSE_MS: Final = 20
"""Between two pages that are brought up to date: whatever the user does meanwhile has its turn."""


class PlaceStack(QWidget):
    """Shows one place at a time; its page is built when it is first visited.

    Another language or another stylesheet, for all pages at once, would hold the window up. So each page gets it in a
    turn of the event loop of its own, the one that is shown first, or when it is visited before its turn has come.
    """

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
        self._outdated: set[Action] = set()
        self._made: dict[Action, Page] = {}
        """Pages that wait for their turn to take the place of those before."""
        self._theme: Theme | None = None
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.timeout.connect(self._bring_up_to_date)
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
        focused = window.focusWidget()
        by_its_button = isinstance(focused, PlaceButton) and focused.defaultAction() is self._actions[place]
        self._stack.setCurrentWidget(page)
        self.changed.emit()
        if not by_its_button:
            (page.first_control or window).setFocus()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(window, text_of(place)))

    def apply_theme(self, theme: Theme) -> None:
        """Let the pages, those aside or yet to be built as well, take over the colours of what is painted by hand."""
        self._theme = theme
        for page in self.pages:
            if not self._is_aside(page):
                _dress(page, theme)
        self._next.start(PAUSE_MS)

    def lay_aside(self) -> bool:
        """Take a page that nobody sees out of the window, which is about to get another stylesheet.

        Returns whether there was one; the pages come back after `apply_theme`.
        """
        self._next.stop()
        for page in self.pages:
            if self.isVisible() and not self._is_aside(page) and page is not self._stack.currentWidget():
                self._stack.removeWidget(page)
                page.setParent(None)
                return True
        return False

    def renew(self) -> None:
        """Build the pages anew, in another language; the user stays where they are, and with what they have begun."""
        self._outdated = set(self._pages)
        self._next.start(PAUSE_MS)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        super().showEvent(event)
        self._next.start(PAUSE_MS)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 (Qt's name)
        super().hideEvent(event)
        for page in filter(self._is_aside, (*self.pages, *self._made.values())):
            self._take_in(page)  # nobody's, it would outlive a window that closes

    def _page(self, place: Action) -> Page:
        if place not in self._pages or place in self._outdated or place in self._made:
            self._build(place)
        elif self._is_aside(self._pages[place]):
            self._take_in(self._pages[place])
        return self._pages[place]

    def _take_in(self, page: Page) -> None:
        self._stack.addWidget(page)
        page.ensurePolished()
        if self._theme is not None:
            _dress(page, self._theme)

    def _make(self, place: Action) -> None:
        """Make a page, which may take its parts from the one before it: if that is seen, it is not painted any more."""
        self._outdated.discard(place)
        former = self._pages.get(place)
        if former is None or former is self._stack.currentWidget():
            self._stack.setUpdatesEnabled(False)
        self._made[place] = self._builders[place]()

    def _build(self, place: Action) -> None:
        if place not in self._made:
            self._make(place)
        former, page = self._pages.get(place), self._made.pop(place)
        self._pages[place] = page
        self._take_in(page)
        if former is not None:
            self._replace(former, page)
            page.take_over(former)
        if not self._stack.updatesEnabled():
            QTimer.singleShot(0, self, self._let_paint)

    def _let_paint(self) -> None:
        """Paint what is seen in a turn of its own: to build it took one, too."""
        self._stack.setUpdatesEnabled(True)

    def _replace(self, former: Page, page: Page) -> None:
        """Let a page be where another one was: in sight, and with the focus on the same control."""
        window = self.window()
        focused = window.focusWidget()
        if self._stack.currentWidget() is former:
            self._stack.setCurrentWidget(page)
        if focused is not None and former.isAncestorOf(focused):
            (page if focused is former else _same_control(focused, page) or window).setFocus()
        self._stack.removeWidget(former)
        former.deleteLater()

    def _bring_up_to_date(self) -> None:
        """Make one page anew, or put in place one that is up to date, and leave the rest to later turns."""
        if not self.isVisible():
            return  # until it is shown again, if ever: a page that waits for its turn is nobody's
        aside = {place for place, page in self._pages.items() if self._is_aside(page)}
        waiting = self._outdated | aside | self._made.keys()
        place = next((place for place in (*self._made, self.place, *self._pages) if place in waiting), None)
        if place is None:
            return
        if place in self._outdated and place not in self._made:
            self._make(place)
            self._next.start(0)
        else:
            self._page(place)
            self._next.start(PAUSE_MS)

    def _is_aside(self, page: Page) -> bool:
        return self._stack.indexOf(page) < 0


def _dress(page: Page, theme: Theme) -> None:
    """Let a page follow other colours and another size of text, what is hidden of it as well.

    Layouts of what is hidden would otherwise go on asking for the room that they needed before.
    """
    page.apply_theme(theme)
    for layout in page.findChildren(QLayout):
        layout.invalidate()


def _same_control(control: QWidget, page: Page) -> QWidget | None:
    """Find on a page what bears the name of a control of another one."""
    name = control.objectName()
    return page.findChild(QWidget, name) if name else None
