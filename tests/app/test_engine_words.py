"""What the engine says is found among the words to be translated."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine_words import ENGINE_WORDS, translated, without_signs
from engine.recognition.explanation import PARTS

ENGINE = Path(__file__).parents[2] / "engine"
HEARD = (
    "errors.py",
    "files.py",
    "sources/*.py",
    "sessions/*.py",
    "models/*.py",
    "recognition/*.py",
    "pipeline/*.py",
    "export/*.py",
)
"""What the window calls; commands, training and evaluation speak to the terminal alone."""
NOT_HEARD = ("models/narrowing.py", "models/pretrained.py")
TOLD_BY = {
    "UserFacingError",
    "SourceLostError",
    "refusal",
    "_fail",
    "DeviceChoice",
    "_tell",
    "_break_off",
    "_end_video",
}
NAME = re.compile(r"\{.*?\}")


def nameless(sentence: str) -> str:
    return NAME.sub("{}", sentence)


def written(node: ast.expr) -> str | None:
    """Return a string as it is written, with {} for what varies."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in parts)
    return None


def sentences(path: Path) -> Iterator[str]:
    """Every sentence that a module raises, reports or returns to be told."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=arguments, keywords=keywords):
                told = [*arguments, *(keyword.value for keyword in keywords)] if name in TOLD_BY else []
            case ast.Return(value=ast.Tuple(elts=parts)):
                told = parts
            case _:
                continue
        yield from (text for text in map(written, told) if text is not None and " " in text)


MODULES = sorted({path for pattern in HEARD for path in ENGINE.glob(pattern)} - {ENGINE / name for name in NOT_HEARD})


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(ENGINE).as_posix())
def test_every_sentence_of_the_engine_can_be_translated(module: Path) -> None:
    known = set(map(nameless, ENGINE_WORDS))
    assert {sentence for sentence in sentences(module) if sentence not in known} == set()


def test_every_sentence_that_can_be_translated_is_still_said() -> None:
    said = {
        text
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.expr) and (text := written(node))
    }
    ours = set(map(nameless, ENGINE_WORDS[: ENGINE_WORDS.index("body")]))
    of_the_system = {"No such file or directory", "Permission denied", "No space left on device"}
    of_the_system |= {"Read-only file system", "Is a directory", "Not a directory", "Input/output error"}
    assert ours - said - of_the_system == set()


def test_every_part_of_the_signer_can_be_translated() -> None:
    assert {part.name for part in PARTS} <= set(ENGINE_WORDS)


def test_the_most_telling_sentence_is_found() -> None:
    message = "a.npz is not a keypoint recording, or it is damaged: its times do not increase."
    assert translated(message) == message


@given(st.text())
def test_what_nobody_knows_is_told_as_it_is(message: str) -> None:
    assert translated(message) == message
    assert without_signs(message) == message


@pytest.mark.parametrize(
    ("message", "logged"),
    [
        (
            "A take of 'hut' is lost: No space left. Retake the sign.",
            "A take of … is lost: No space left. Retake the sign.",
        ),
        ("There is no personal sign 'hut' any more.", "There is no personal sign … any more."),
        ("The sign 'hut' cannot be deleted: Permission denied.", "The sign … cannot be deleted: Permission denied."),
        ("'my session' cannot be deleted: Permission denied.", "'my session' cannot be deleted: Permission denied."),
        ("hut.npz is a folder. Name a file inside it.", "hut.npz is a folder. Name a file inside it."),
    ],
)
def test_what_is_logged_names_no_sign_of_the_user(message: str, logged: str) -> None:
    assert without_signs(message) == logged
