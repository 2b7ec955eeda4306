from itertools import combinations

import pytest
from PySide6.QtGui import QColor, QPalette

from app.settings import ThemeChoice
from app.theme import DARK, HIGH_CONTRAST, LIGHT, Theme, chosen_theme, theme_for
from app.widgets.skeleton import PARTS

THEMES = [
    pytest.param(LIGHT, id="light"),
    pytest.param(DARK, id="dark"),
    pytest.param(HIGH_CONTRAST, id="high contrast"),
]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21, as the Web Content Accessibility Guidelines define it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    exact = QColor(colour)
    return 0.2126 * linear(exact.redF()) + 0.7152 * linear(exact.greenF()) + 0.0722 * linear(exact.blueF())


def words_and_grounds(theme: Theme) -> list[tuple[str, str]]:
    """Every colour of text with every ground that the stylesheet and the painted widgets put under it."""
    grounds = (theme.background, theme.surface, theme.track)
    pairs = [(text, ground) for text in (theme.text, theme.muted, theme.caution, theme.recording) for ground in grounds]
    return [*pairs, (theme.on_accent, theme.accent), (theme.accent, theme.surface)]


@pytest.mark.parametrize(("theme", "least"), [(LIGHT, 4.5), (DARK, 4.5), (HIGH_CONTRAST, 7)])
def test_all_text_can_be_read_on_whatever_it_stands_on(theme: Theme, least: float) -> None:
    assert [(text, on) for text, on in words_and_grounds(theme) if contrast(text, on) < least] == []


@pytest.mark.parametrize(
    ("choice", "theme"),
    [(ThemeChoice.LIGHT, LIGHT), (ThemeChoice.DARK, DARK), (ThemeChoice.HIGH_CONTRAST, HIGH_CONTRAST)],
)
def test_the_users_choice_comes_before_the_systems(choice: ThemeChoice, theme: Theme) -> None:
    assert chosen_theme(choice, QPalette()) is theme


@pytest.mark.parametrize("theme", THEMES)
def test_bars_and_curves_stand_out_from_their_ground(theme: Theme) -> None:
    for colour in (theme.accent, theme.muted, *theme.curves):
        assert contrast(colour, theme.surface) >= 3
    assert contrast(theme.accent, theme.track) >= 3


def test_black_on_white_has_the_contrast_that_the_guidelines_state() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == 1


def test_the_theme_follows_the_palette_of_the_system() -> None:
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Window, QColor("#202020"))
    palette.setColor(QPalette.ColorRole.WindowText, QColor("#f0f0f0"))
    assert theme_for(palette) is DARK

    palette.setColor(QPalette.ColorRole.Window, QColor("#f0f0f0"))
    palette.setColor(QPalette.ColorRole.WindowText, QColor("#202020"))
    assert theme_for(palette) is LIGHT
    assert chosen_theme(ThemeChoice.SYSTEM, palette) is LIGHT


def test_the_parts_of_the_skeleton_have_colours_of_their_own() -> None:
    okabe_ito = {"#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7"}

    assert {part.colour for part in PARTS} <= okabe_ito
    assert all(one.colour != other.colour for one, other in combinations(PARTS, 2))
