"""The transcript leaves the window: files in the formats of others."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import QDir, Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.actions import Action
from app.main_window import MainWindow
from app.transcript.panel import TranscriptPanel
from engine.sources.session import Session
from engine.types import NANOSECONDS, KeypointClip
from tests.app.conftest import Launch
from tests.app.driving import part, until_ended
from tests.app.scripted import World, a_session, leave_session, sign_event
from tests.app.transcript.driving import CONTROL, hear


def export(qtbot: QtBot, window: MainWindow, path: Path, *, kind: str | None = None) -> None:
    qtbot.keyClick(window, Qt.Key.Key_E, CONTROL)
    dialog = part(window, QFileDialog, "exportDialog")
    if kind is not None:
        chosen = next(name for name in dialog.nameFilters() if kind in name)
        dialog.selectNameFilter(chosen)
        dialog.filterSelected.emit(chosen)
    dialog.setDirectory(str(path.parent))
    dialog.selectFile(path.name)
    dialog.accept()
    with qtbot.waitActive(window):  # the next keys are meant for the window
        window.activateWindow()


def test_an_export_keeps_the_corrections(
    qtbot: QtBot, window: MainWindow, panel: TranscriptPanel, tmp_path: Path
) -> None:
    window.transcript.correct(panel.lines[0].number, "drink")
    for name in ("signs.srt", "signs.vtt", "signs.eaf", "signs.csv", "signs.json"):
        export(qtbot, window, tmp_path / name)
        said = f"Exported to {name}."
        qtbot.waitUntil(lambda said=said: said in window.toasts.messages)  # type: ignore[misc]
        assert "drink" in (tmp_path / name).read_text(encoding="utf-8")

    first, *_ = json.loads((tmp_path / "signs.json").read_text(encoding="utf-8"))
    assert (first["gloss"], first["recognised"], first["standing"]) == ("drink", "eat", "corrected")


def test_a_name_without_a_suffix_gets_that_of_the_format(
    qtbot: QtBot, window: MainWindow, panel: TranscriptPanel, tmp_path: Path
) -> None:
    export(qtbot, window, tmp_path / "signs", kind="ELAN")

    qtbot.waitUntil((tmp_path / "signs.eaf").exists)
    assert len(panel.lines) == 3


def test_subtitles_of_a_session_count_from_the_beginning_of_its_video(
    qtbot: QtBot, world: World, launch: Launch, tmp_path: Path
) -> None:
    former = a_session(model="base")
    late_ns = 300 * NANOSECONDS
    clip = KeypointClip(former.clip.joints, former.clip.times_ns + late_ns, former.clip.size)
    begun = (replace(former.notes.circumstances[0], from_ns=late_ns),)
    pictures_ns = np.array([late_ns + NANOSECONDS // 2], np.int64)
    session = Session(clip, replace(former.notes, circumstances=begun), pictures_ns)
    world.signer.has_signed(sign_event("eat", start_s=301.5))
    window = launch("--source", str(leave_session(world, "late", session)))
    until_ended(qtbot, window)

    export(qtbot, window, tmp_path / "signs.srt")
    qtbot.waitUntil((tmp_path / "signs.srt").exists)

    cue = "00:00:01,000 --> 00:00:02,000"
    assert (tmp_path / "signs.srt").read_text(encoding="utf-8").splitlines()[:3] == ["1", cue, "eat"]


def test_what_is_in_no_subtitle_puts_off_none(qtbot: QtBot, launch: Launch, world: World, tmp_path: Path) -> None:
    window = launch()
    hear(qtbot, world, window, sign_event(None, 0.3, start_s=12.0))
    video = tmp_path / "lecture.mp4"
    video.touch()
    window.watch(str(video))
    qtbot.waitUntil(lambda: window.session.source is not None)  # until then the camera sees the sign
    hear(qtbot, world, window, sign_event("eat", start_s=2.0))

    for name in ("signs.srt", "signs.json"):
        export(qtbot, window, tmp_path / name)
        qtbot.waitUntil((tmp_path / name).exists)

    subtitles = (tmp_path / "signs.srt").read_text(encoding="utf-8")
    assert subtitles.splitlines()[1].startswith("00:00:02,000")
    table = json.loads((tmp_path / "signs.json").read_text(encoding="utf-8"))
    assert [(row["gloss"], row["start_s"]) for row in table] == [(None, 12.0), ("eat", 15.0)]


def test_an_export_that_fails_is_told_and_loses_nothing(
    qtbot: QtBot, window: MainWindow, panel: TranscriptPanel, tmp_path: Path
) -> None:
    export(qtbot, window, tmp_path / "signs.docx")
    qtbot.waitUntil(lambda: len(window.toasts.messages) == 1)
    assert ".srt" in window.toasts.messages[0]

    (tmp_path / "file").touch()
    window.transcript.export(tmp_path / "file" / "signs.srt")

    qtbot.waitUntil(lambda: "Cannot write" in window.toasts.messages[-1])
    assert len(panel.lines) == 3
    assert (tmp_path / "file").read_bytes() == b""


def test_an_export_begins_among_the_users_documents_and_in_their_language(
    qtbot: QtBot, world: World, launch: Launch
) -> None:
    world.languages = ("zh-Hans-CN",)
    window = launch()
    hear(qtbot, world, window, sign_event("eat"))
    window.by_action[Action.EXPORT_TRANSCRIPT].trigger()
    dialog = part(window, QFileDialog, "exportDialog")

    assert dialog.directory() != QDir.current()
    assert dialog.labelText(QFileDialog.DialogLabel.FileType) == "文件类型："
    dialog.reject()
