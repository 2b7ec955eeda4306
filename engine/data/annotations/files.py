"""Reading annotation files, so that whatever is wrong with one becomes one line."""

import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from engine.errors import UserFacingError


@contextmanager
def annotation_file(path: Path, what: str) -> Iterator[None]:
    """Blame whatever goes wrong inside on the file at `path`, which should be `what` (with its article)."""
    try:
        yield
    except FileNotFoundError:
        raise UserFacingError(f"{path} is missing: --source wants the folder that holds it.") from None
    except KeyError as error:
        raise UserFacingError(f"{path} is not {what}: it has no {error}.") from error
    except (OSError, csv.Error, ValueError, TypeError, AttributeError, LookupError, RecursionError) as error:
        raise UserFacingError(f"{path} is not {what} ({error}).") from error


def read_json(path: Path) -> Any:
    """The content of a JSON file; inside `annotation_file`."""
    return json.loads(path.read_text(encoding="utf-8-sig"))


def read_lines(path: Path) -> list[str]:
    """The lines of a text file that are not empty, stripped; inside `annotation_file`."""
    return [line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines() if line.strip()]


def known_signer(number: object) -> str:
    """A signer's number as text; "" where the file has none or a negative one, which stands for nobody known."""
    if number is None or (isinstance(number, int) and number < 0):
        return ""
    return str(number)
