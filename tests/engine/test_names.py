"""Names in scripts that write marks over, under and beside their letters."""

from pathlib import Path

import pytest

from engine.errors import UserFacingError
from engine.sessions.library import rename_session
from engine.sources.personal_signs import valid_name

NAMES = ["नमस्ते", "สวัสดี", "e\u0301cole"]


@pytest.mark.parametrize("name", NAMES)
def test_a_sign_has_a_name_in_any_script(name: str) -> None:
    assert valid_name(name) == name


@pytest.mark.parametrize("name", NAMES)
def test_a_session_has_a_name_in_any_script(tmp_path: Path, name: str) -> None:
    path = tmp_path / "old.npz"
    path.touch()
    assert rename_session(path, name) == tmp_path / f"{name}.npz"


@pytest.mark.parametrize("name", ["\u0301", "नम/स्ते"])
def test_marks_alone_or_between_other_characters_are_no_name(name: str) -> None:
    with pytest.raises(UserFacingError, match="letters"):
        valid_name(name)
