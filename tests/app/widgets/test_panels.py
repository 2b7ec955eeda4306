"""Candidates, plot, text that fits: what they show, not how it is painted."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.probability_trace import PLACES, ProbabilityTrace
from app.theme import DARK, LIGHT
from app.trace import Trace
from app.view_model import Shortlist, Situation, Status, Tone
from app.widgets.candidates import EMPTY, CandidatesPanel, describe
from app.widgets.curve_legend import CurveLegend, Entry
from app.widgets.plot import PlotPanel
from app.widgets.state_line import StateLine
from app.widgets.text import ElidedLabel, WrappedLabel, fitted
from app.widgets.trace_plot import TracePlot
from tests.app.scripted import candidates

EATING = candidates(("eat", 0.8), ("drink", 0.1), ("fish", 0.05), ("go", 0.03), ("like", 0.02))
ACCEPTED = Shortlist("Now", "Accepted from 50 %", True, EATING, 0.5)
REJECTED = Shortlist("Now", "Not sure yet", False, EATING, 0.9)


def has_colour(image: QImage, colour: str) -> bool:
    return any(
        image.pixelColor(x, y).name() == colour for x in range(0, image.width()) for y in range(0, image.height(), 2)
    )


@pytest.fixture
def panel(qtbot: QtBot) -> CandidatesPanel:
    panel = CandidatesPanel()
    qtbot.addWidget(panel)
    panel.apply_theme(LIGHT)
    panel.resize(360, 340)
    return panel


def test_a_screen_reader_hears_the_candidates(panel: CandidatesPanel) -> None:
    panel.show_shortlist(ACCEPTED)

    heard = panel.accessibleDescription()

    assert heard == "Now: eat 80 %, drink 10 %, fish 5 %, go 3 %, like 2 %. Accepted from 50 %."


def test_the_empty_panel_says_what_will_be_there() -> None:
    assert describe(Shortlist("Candidates", "", False, (), 0.5)) == EMPTY


def test_only_an_accepted_candidate_wears_the_accent(panel: CandidatesPanel) -> None:
    panel.show_shortlist(ACCEPTED)
    assert has_colour(panel.grab().toImage(), LIGHT.accent)

    panel.show_shortlist(REJECTED)
    assert not has_colour(panel.grab().toImage(), LIGHT.accent)


def test_the_candidates_use_the_height_that_a_folded_plot_leaves(panel: CandidatesPanel) -> None:
    panel.show_shortlist(Shortlist("Now", "Accepted from 50 %", True, EATING, 0.5))
    for size in ((280, 430), (280, 460), (390, 560), (390, 600)):
        panel.resize(*size)
        image = panel.grab().toImage()
        bars = [y for y in range(image.height()) if image.pixelColor(size[0] - 22, y).name() == LIGHT.track]
        assert max(bars) > 0.78 * image.height(), size


def test_the_panel_is_painted_at_every_size_and_in_both_themes(panel: CandidatesPanel) -> None:
    panel.show_shortlist(Shortlist("Now", "Not sure yet", False, candidates(("a very long gloss " * 5, 1.0)), 1.0))
    for theme in (LIGHT, DARK):
        panel.apply_theme(theme)
        for size in (panel.minimumSizeHint(), panel.sizeHint(), panel.sizeHint() * 3):
            panel.resize(size)
            assert panel.grab().toImage().size() == size


@pytest.mark.parametrize("width", [40.0, 80.0, 160.0, 1000.0])
def test_text_shrinks_before_it_is_cut_off(qapp: object, width: float) -> None:
    font, text = fitted(QFont(), "thanksgiving", width=width, largest=40, smallest=12)

    assert QFontMetricsF(font).horizontalAdvance(text) <= width
    assert 12 <= font.pixelSize() <= 40
    assert text == "thanksgiving" or font.pixelSize() == 12


@pytest.fixture
def plot(qtbot: QtBot) -> PlotPanel:
    plot = PlotPanel("plot", "Last ten seconds", ProbabilityTrace())
    qtbot.addWidget(plot)
    plot.apply_theme(LIGHT)
    with qtbot.waitExposed(plot):
        plot.show()
    return plot


def test_the_legend_names_the_leading_glosses(plot: PlotPanel) -> None:
    plot.trace.add(0, candidates(("eat", 0.8), ("drink", 0.1)))
    plot.refresh()

    assert plot.legend.names == ("eat", "drink")
    for theme in (LIGHT, DARK):
        plot.apply_theme(theme)
        assert has_colour(plot.legend.grab().toImage(), theme.text)
    assert plot.accessibleDescription() == "eat, drink"


def test_a_gloss_keeps_its_colour_when_another_takes_the_lead(plot: PlotPanel) -> None:
    plot.trace.add(0, candidates(("eat", 0.8), ("drink", 0.1)))
    plot.refresh()
    plot.trace.add(1, candidates(("drink", 0.95), ("eat", 0.01)))
    plot.refresh()

    assert plot.accessibleDescription() == "eat, drink"


def test_no_more_curves_are_shown_than_can_be_told_apart(plot: PlotPanel) -> None:
    plot.trace.add(0, EATING)
    plot.refresh()

    assert len(plot.accessibleDescription().split(", ")) == PLACES


def test_the_keyboard_passes_plots_by(qtbot: QtBot) -> None:
    window, first, last = QWidget(), QLineEdit(), QLineEdit()
    plot = PlotPanel("plot", "Last ten seconds", ProbabilityTrace())
    traces = TracePlot("motionPlot", "Hands", Trace(1), unit="ms", curves=["left"], least=1.0)
    column = QVBoxLayout(window)
    for widget in (first, plot, traces, last):
        column.addWidget(widget)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    first.setFocus()

    qtbot.keyClick(first, Qt.Key.Key_Tab)

    assert window.focusWidget() is last


def test_a_folded_plot_draws_nothing_and_catches_up_when_it_unfolds(plot: PlotPanel) -> None:
    plot.hide()
    plot.trace.add(0, EATING)
    plot.refresh()
    assert plot.accessibleDescription() == ""

    plot.show()
    plot.refresh()
    assert plot.accessibleDescription().startswith("eat")


def test_another_source_starts_with_an_empty_plot(plot: PlotPanel) -> None:
    plot.trace.add(0, EATING)
    plot.refresh()

    plot.trace.clear()
    plot.refresh()

    assert plot.accessibleDescription() == ""
    assert plot.legend.names == ()


def lines_at(legend: CurveLegend, width: int) -> int:
    legend.resize(width, legend.height())
    return legend.lines


def test_names_that_do_not_fit_into_one_line_get_a_second(qtbot: QtBot) -> None:
    legend = CurveLegend("legend")
    qtbot.addWidget(legend)
    legend.show()
    entries = [Entry(gloss, "#123456", Qt.PenStyle.DashLine) for gloss in ("africa", "computer", "thursday", "brown")]

    legend.show_entries(entries)

    assert lines_at(legend, 1000) == 1
    assert lines_at(legend, 200) == 2
    assert legend.sizeHint().height() >= 2 * legend.fontMetrics().height()
    legend.show_entries(entries[:1])
    assert legend.lines == 2, "the plot under it must not jump while somebody signs"
    assert lines_at(legend, 1000) == 1


def test_every_curve_has_a_sample_in_its_colour(qtbot: QtBot) -> None:
    legend = CurveLegend("legend")
    qtbot.addWidget(legend)
    legend.show()
    colours = ("#aa0000", "#00aa00", "#0000aa")
    for width in (120, 600):
        legend.resize(width, 60)
        legend.show_entries([Entry("a long gloss", colour, Qt.PenStyle.SolidLine) for colour in colours])

        assert [colour for colour in colours if not has_colour(legend.grab().toImage(), colour)] == []


def test_a_line_says_less_where_there_is_less_room(qtbot: QtBot) -> None:
    line = ElidedLabel()
    qtbot.addWidget(line)
    line.setText("— accepted from 15 %", "— 15 %", "")

    line.resize(400, 20)
    assert line.shown == "— accepted from 15 %"
    line.resize(line.fontMetrics().horizontalAdvance("— 15 %"), 20)
    assert line.shown == "— 15 %"
    line.resize(5, 20)
    assert line.shown == ""
    assert line.toolTip() == "— accepted from 15 %"


def test_lines_are_broken_within_a_name_that_no_line_has_room_for(qtbot: QtBot) -> None:
    told = f"Cannot read /home/signer/{'a_long_lecture_' * 4}{'x' * 60}.mp4: it is damaged."
    text = WrappedLabel(told)
    qtbot.addWidget(text)

    assert text.text() == told
    assert text.minimumSizeHint().width() < text.fontMetrics().horizontalAdvance("x" * 30)


def test_scripts_that_join_letters_are_left_alone(qtbot: QtBot) -> None:
    arabic, family = "تسجيلطويلجدامنالمحاضرة", "👩‍👩‍👧‍👦" * 8
    text = WrappedLabel(f"{arabic} {family}")
    qtbot.addWidget(text)

    assert QLabel.text(text) == f"{arabic} {family}"


def test_a_long_state_widens_no_window(qtbot: QtBot) -> None:
    line = StateLine()
    qtbot.addWidget(line)
    line.show_status(Status(Situation.FAILED, Tone.CAUTION, f"Cannot show {'lecture ' * 30}", "Choose another."))
    line.resize(400, 30)
    line.show()

    assert line.minimumSizeHint().width() < 400
    assert line.headline.width() <= 400
    assert line.headline.shown.endswith("…")
    assert line.headline.toolTip() == line.headline.text()


def test_a_long_title_leaves_no_room_and_harms_nothing(panel: CandidatesPanel) -> None:
    # In large text the name of a lesson may fill the line, and before the first sign there is no verdict.
    panel.show_shortlist(Shortlist("Candidates · " + "my lesson " * 20, "", False, (), 0.5))

    assert not panel.grab().isNull()
