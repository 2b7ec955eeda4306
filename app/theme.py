"""The window's colours and the one stylesheet made of them.

One accent colour; a second one, `caution`, says that something needs looking at and never stands without words.
Light or dark follows the system's palette unless the user has chosen.
"""

from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QColor, QPalette

from app.icons import ICONS
from app.settings import ThemeChoice


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours as #rrggbb.

    Attributes:
        background: of the window and around the picture.
        surface: of the panels and controls that stand on it.
        border: between the two.
        text, muted: what is read first and what is read second.
        accent, on_accent: what is live or chosen, and text on it.
        caution: what needs looking at.
        recording: what is being recorded.
        track: the empty part of a bar.
        curves: of the plot, told apart by colour-blind people too (after Okabe and Ito).
    """

    dark: bool
    background: str
    surface: str
    border: str
    text: str
    muted: str
    accent: str
    on_accent: str
    caution: str
    recording: str
    track: str
    curves: tuple[str, str, str, str]

    def palette(self) -> QPalette:
        """Return the palette that the native parts of controls are drawn with."""
        palette = QPalette()
        for role, colour in (
            (QPalette.ColorRole.Window, self.background),
            (QPalette.ColorRole.WindowText, self.text),
            (QPalette.ColorRole.Base, self.surface),
            (QPalette.ColorRole.AlternateBase, self.background),
            (QPalette.ColorRole.Text, self.text),
            (QPalette.ColorRole.PlaceholderText, self.muted),
            (QPalette.ColorRole.Button, self.surface),
            (QPalette.ColorRole.ButtonText, self.text),
            (QPalette.ColorRole.ToolTipBase, self.surface),
            (QPalette.ColorRole.ToolTipText, self.text),
            (QPalette.ColorRole.Highlight, self.accent),
            (QPalette.ColorRole.HighlightedText, self.on_accent),
            (QPalette.ColorRole.Accent, self.accent),
        ):
            palette.setColor(role, QColor(colour))
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(self.muted))
        return palette

    def stylesheet(self, text_pixels: float) -> str:
        """Return the stylesheet of the window, whose ordinary text is so many pixels high."""
        sizes = {name: round(text_pixels * factor) for name, factor in _TEXT_SIZES.items()}
        tone = "light" if self.dark else "dark"
        icons = {icon: (ICONS / f"{icon}-{tone}.svg").as_posix() for icon in ("check", "down")}
        return _STYLESHEET % ({name: getattr(self, name) for name in self.__slots__} | sizes | icons)


LIGHT: Final = Theme(
    dark=False,
    background="#f3f5f7",
    surface="#ffffff",
    border="#cdd4dc",
    text="#15191e",
    muted="#55606c",
    accent="#00649f",
    on_accent="#ffffff",
    caution="#a33f00",
    recording="#b3001b",
    track="#e4e9ee",
    curves=("#00649f", "#b84f00", "#00795a", "#9c4a7b"),
)
DARK: Final = Theme(
    dark=True,
    background="#14171b",
    surface="#1d2228",
    border="#3a434d",
    text="#eef1f4",
    muted="#a5b0bb",
    accent="#56b4e9",
    on_accent="#0a1a26",
    caution="#f0a23c",
    recording="#ff7d78",
    track="#2b323a",
    curves=("#56b4e9", "#e69f00", "#2fc79a", "#d890b8"),
)
HIGH_CONTRAST: Final = Theme(
    dark=True,
    background="#000000",
    surface="#000000",
    border="#ffffff",
    text="#ffffff",
    muted="#e0e0e0",
    accent="#5fd7ff",
    on_accent="#000000",
    caution="#ffb347",
    recording="#ff9b9b",
    track="#2a2a2a",
    curves=("#5fd7ff", "#ffb347", "#5df2b8", "#f5b0d8"),
)


def chosen_theme(choice: ThemeChoice, palette: QPalette) -> Theme:
    """Return the theme that the user has chosen, or the one that goes with the system's palette."""
    return _CHOSEN.get(choice) or theme_for(palette)


def theme_for(palette: QPalette) -> Theme:
    """Return the theme that goes with the system's palette: dark where its windows are."""
    window, text = palette.color(QPalette.ColorRole.Window), palette.color(QPalette.ColorRole.WindowText)
    return DARK if window.lightnessF() < text.lightnessF() else LIGHT


_CHOSEN: Final = {ThemeChoice.LIGHT: LIGHT, ThemeChoice.DARK: DARK, ThemeChoice.HIGH_CONTRAST: HIGH_CONTRAST}


_TEXT_SIZES: Final = {"ordinary": 1.0, "hint": 1.1, "title": 1.15, "headline": 1.6, "display": 2.1, "score": 3.2}
_STYLESHEET: Final = """
QWidget { font-size: %(ordinary)spx; }
QWidget#window { background: %(background)s; }
QToolTip { background: %(surface)s; color: %(text)s; border: 1px solid %(border)s; padding: 4px 6px; }
QLabel { color: %(text)s; background: transparent; }
QLabel[role="muted"], QLabel[role="hint"] { color: %(muted)s; }
QLabel[role="hint"], QLabel[role="advice"] { font-size: %(hint)spx; }
QLabel[role="advice"] { color: %(caution)s; }
QLabel[role="recording"] { color: %(recording)s; font-size: %(hint)spx; font-weight: 600; }
QLabel[role="title"] { font-size: %(title)spx; font-weight: 600; }
QLabel[role="headline"] { font-size: %(headline)spx; font-weight: 600; }
QLabel[role="key"] { font-weight: 600; }
QLabel[role="display"], QLabel[role="sign now"] { font-size: %(display)spx; font-weight: 600; }
QLabel[role="sign now"] { color: %(recording)s; }
QLabel[role="score"] { font-size: %(score)spx; font-weight: 600; }

QFrame[role="panel"] { background: %(surface)s; border: 1px solid %(border)s; border-radius: 10px; }

QPushButton, QComboBox {
    background: %(surface)s; color: %(text)s; border: 1px solid %(border)s; border-radius: 7px;
    min-height: 1.6em; padding: 0.45em 0.9em;
}
QPushButton:hover, QComboBox:hover { border-color: %(accent)s; }
QPushButton:focus, QComboBox:focus { border: 2px solid %(accent)s; margin: -1px; }
QPushButton:pressed { background: %(track)s; }
QPushButton:checked { background: %(track)s; border-color: %(accent)s; }
QPushButton#recordButton:checked { border-color: %(recording)s; color: %(recording)s; }
QPushButton:disabled, QComboBox:disabled { color: %(muted)s; background: %(background)s; }
QPushButton[bare="true"] { padding: 0.45em 0.6em; }
QPushButton::menu-indicator {
    image: url(%(down)s); width: 0.8em; height: 0.8em; subcontrol-position: right center; right: 0.7em;
}
QPushButton[role="menu"] { padding-right: 2.1em; }
QPushButton[role="primary"] {
    background: %(accent)s; color: %(on_accent)s; border-color: %(accent)s; font-weight: 600;
}
QPushButton[role="primary"]:disabled {
    background: %(track)s; color: %(muted)s; border-color: %(border)s;
}
QPushButton[role="primary"]:focus { border-color: %(text)s; }
QPushButton[role="quiet"] {
    background: transparent; border-color: transparent; color: %(muted)s; padding: 0.1em 0.6em;
}
QPushButton[role="quiet"][bare="true"] { padding: 0.1em 0.4em; }
QPushButton[role="quiet"]:hover { border-color: %(border)s; color: %(text)s; }
QPushButton[role="quiet"]:focus { border: 2px solid %(accent)s; }

QFrame#rail { background: %(surface)s; border: none; border-right: 1px solid %(border)s; }
QFrame#rail QToolButton {
    background: transparent; color: %(text)s; border: 1px solid transparent; border-left: 4px solid transparent;
    border-radius: 7px; min-width: 5.4em; padding: 0.5em 0.2em;
}
QFrame#rail QToolButton:hover { border-color: %(border)s; }
QFrame#rail QToolButton:checked {
    background: %(track)s; border-left-color: %(accent)s; font-weight: 600;
    border-top-left-radius: 0; border-bottom-left-radius: 0;
}
QFrame#rail QToolButton:focus { border: 2px solid %(accent)s; border-left-width: 4px; }

QDialog { background: %(background)s; }
QPlainTextEdit {
    background: %(surface)s; color: %(text)s; border: 1px solid %(border)s; border-radius: 7px; padding: 6px;
    selection-background-color: %(accent)s; selection-color: %(on_accent)s;
}
QPlainTextEdit:focus { border: 2px solid %(accent)s; }

QTabWidget::pane { background: %(surface)s; border: 1px solid %(border)s; border-radius: 10px; top: -1px; }
QTabBar::tab {
    background: transparent; color: %(muted)s; border: 2px solid transparent; border-bottom: 3px solid transparent;
    padding: 0.45em 1.1em; font-weight: 600;
}
QTabBar::tab:hover { color: %(text)s; }
QTabBar::tab:selected { color: %(text)s; border-bottom-color: %(accent)s; }
QTabBar:focus::tab:selected, QTabBar::tab:selected:focus { border-color: %(accent)s; border-radius: 6px; }
QTextBrowser {
    background: transparent; color: %(text)s; border: 2px solid transparent; border-radius: 6px;
    selection-background-color: %(accent)s; selection-color: %(on_accent)s;
}
QTextBrowser:focus { border-color: %(accent)s; }

QScrollArea, QScrollArea > QWidget > QWidget#scrolled { background: transparent; border: none; }

QComboBox { combobox-popup: 0; }
QComboBoxPrivateContainer { background: %(surface)s; border: none; }
QComboBox::drop-down { border: none; width: 22px; }
QFileDialog QComboBox::down-arrow { image: url(%(down)s); width: 0.8em; height: 0.8em; }
QComboBox QAbstractItemView {
    background: %(surface)s; color: %(text)s; border: 1px solid %(border)s; outline: none; padding: 4px;
    selection-background-color: %(accent)s; selection-color: %(on_accent)s;
}

QTableView {
    background: transparent; color: %(text)s; border: 2px solid transparent; border-radius: 6px; outline: none;
    selection-background-color: %(accent)s; selection-color: %(on_accent)s;
}
QTableView:focus { border-color: %(accent)s; }

QTableView::item { padding: 0 5px; }
QHeaderView { background: transparent; }
QHeaderView::section {
    background: transparent; color: %(muted)s; border: none; border-bottom: 1px solid %(border)s; padding: 4px 8px;
}

QListView {
    background: transparent; color: %(text)s; border: 2px solid transparent; border-radius: 6px; outline: none;
    selection-background-color: %(accent)s; selection-color: %(on_accent)s;
}
QListView:focus { border-color: %(accent)s; }
QListView::item { padding: 0.25em 0.2em; }
QListView::item:selected { background: %(accent)s; color: %(on_accent)s; }
QListView::indicator {
    width: 1em; height: 1em; border: 2px solid %(muted)s; border-radius: 3px; background: %(surface)s;
}
QListView::indicator:checked { image: url(%(check)s); }

QScrollBar { background: transparent; margin: 2px; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: %(border)s; border-radius: 4px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: %(muted)s; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }

QFrame#toast { background: %(surface)s; border: 1px solid %(caution)s; border-left: 6px solid %(caution)s;
    border-radius: 8px; border-top-left-radius: 0; border-bottom-left-radius: 0; }
QFrame#toast[role="calm"] { border-color: %(accent)s; }

QLineEdit {
    background: %(surface)s; color: %(text)s; border: 1px solid %(muted)s; border-radius: 7px;
    min-height: 1.6em; padding: 0.45em 0.7em; placeholder-text-color: %(muted)s;
    selection-background-color: %(accent)s; selection-color: %(on_accent)s;
}
QLineEdit:focus { border: 2px solid %(accent)s; margin: -1px; }
QFrame#glossEditor { background: %(surface)s; border: 1px solid %(accent)s; }

QFileDialog { background: %(background)s; }
QFileDialog QTreeView, QFileDialog QListView, QFileDialog QHeaderView::section {
    background: %(surface)s; color: %(text)s; border: none;
    selection-background-color: %(accent)s; selection-color: %(on_accent)s;
}
QFileDialog QToolButton { background: %(track)s; border: 1px solid %(border)s; border-radius: 5px; padding: 3px; }

QMenu { background: %(surface)s; color: %(text)s; border: 1px solid %(border)s; padding: 6px; }
QMenu::item { padding: 0.35em 1.6em 0.35em 0.8em; border-radius: 5px; }
QMenu::item:selected { background: %(accent)s; color: %(on_accent)s; }
QMenu::item:disabled { color: %(muted)s; background: transparent; }
QMenu::icon { padding-left: 0.6em; }
QMenu::separator { height: 1px; background: %(border)s; margin: 5px 8px; }
"""
