"""The commands that the documents show are commands."""

import argparse
import re
import shlex
from pathlib import Path

import pytest

from engine.__main__ import COMMANDS as ENGINE_COMMANDS
from engine.__main__ import Command, parse

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


def test_where_streams_of_webcam_clips_are_tested_a_signer_is_held_out() -> None:
    """Without one they have no test split."""
    tested = {
        document
        for document, arguments in COMMANDS
        if arguments.startswith("evaluate-stream ") and "data/asl_webcam" in arguments
    }
    prepared = [
        (document, arguments) for document, arguments in COMMANDS if arguments.startswith("prepare asl_webcam ")
    ]
    assert "README.md" in tested & {document for document, _ in prepared}
    for document, arguments in prepared:
        assert document not in tested or parse(shlex.split(arguments)).hold_out_signers


@pytest.mark.parametrize("command", ENGINE_COMMANDS, ids=lambda command: command.NAME)
def test_every_command_prints_json_where_it_is_asked_to(command: Command) -> None:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    assert "--json" in parser.format_help()
