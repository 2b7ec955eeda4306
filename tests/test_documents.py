"""The commands that the documents show are commands."""

import re
import shlex
from pathlib import Path

import pytest

from engine.__main__ import parse

ROOT = Path(__file__).parents[1]
SHOWN = re.compile(r"^    (?:\$ )?python -m engine (?P<arguments>.+)$", re.MULTILINE)
COMMANDS = [
    (document.name, found["arguments"])
    for document in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
    for found in SHOWN.finditer(document.read_text(encoding="utf-8"))
]


def test_the_documents_show_commands() -> None:
    assert {"README.md", "data.md", "streams.md"} <= {document for document, _ in COMMANDS}


@pytest.mark.parametrize(("document", "arguments"), COMMANDS)
def test_a_command_that_a_document_shows_can_be_given(document: str, arguments: str) -> None:
    parsed = parse(shlex.split(arguments))
    assert parsed.run.__module__ == f"engine.commands.{shlex.split(arguments)[0].replace('-', '_')}", document
