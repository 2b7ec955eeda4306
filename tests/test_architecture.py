"""The walls of DESIGN.md, and promises that no single module can keep."""

import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LARGEST_FILE = 20 * 1024 * 1024
DOCUMENTS = (ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md"))
LINK = re.compile(r"\]\((?!\w+:|#)([^)#\s]+)")

IMPORT_WITHOUT_QT = """
import importlib, pkgutil, sys
for name in ("PySide6", "shiboken6", "pyqtgraph", "app"):
    sys.modules[name] = None
import engine
for module in pkgutil.walk_packages(engine.__path__, "engine."):
    importlib.import_module(module.name)
    print(module.name)
"""


def run(*command: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command, cwd=ROOT, text=True, capture_output=True, check=False)


def test_the_whole_engine_imports_where_there_is_no_qt() -> None:
    result = run(sys.executable, "-c", IMPORT_WITHOUT_QT)
    assert result.returncode == 0, result.stderr
    assert "engine.__main__" in result.stdout.split()


def test_the_engine_never_imports_the_window() -> None:
    result = run(str(Path(sys.executable).with_name("lint-imports")), "--no-cache")
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_linked_file_exists(document: Path) -> None:
    linked = LINK.findall(document.read_text(encoding="utf-8"))
    missing = [link for link in linked if not (document.parent / link).exists()]
    assert not missing


def test_the_ban_on_the_network_holds(network_attempts: list[str]) -> None:
    with pytest.raises(OSError, match="no network"):
        socket.create_connection(("127.0.0.1", 9))
    assert network_attempts
    network_attempts.clear()


def test_no_tracked_file_is_larger_than_20_mb() -> None:
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("tracked files are known to git alone, which is not here")
    listed = run("git", "ls-files", "-z")
    assert listed.returncode == 0, listed.stderr
    files = [ROOT / name for name in listed.stdout.split("\0") if name]
    assert not [path for path in files if path.is_file() and path.stat().st_size > LARGEST_FILE]
