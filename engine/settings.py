"""From JSON or TOML tables to frozen dataclasses, strictly: a misspelt or missing field is an error with its name."""

import dataclasses
import types
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from engine.errors import UserFacingError

Settings = TypeVar("Settings")


def parse_settings(kind: type[Settings], table: Any, *, where: str) -> Settings:
    """Build the dataclass `kind` from a table of plain values.

    Args:
        kind: a dataclass of numbers, strings, booleans, words of a StrEnum, tuples of them, optional values and
            dataclasses.
        table: what a JSON or TOML parser returned.
        where: names the table in error messages.

    Raises:
        UserFacingError: a field is unknown, missing or of the wrong kind.
    """
    if not isinstance(table, Mapping):
        raise UserFacingError(f"{where} should be a table of settings, not {table!r}.")
    hints = get_type_hints(kind)
    fields = {field.name: field for field in dataclasses.fields(kind)}  # type: ignore[arg-type]
    if unknown := sorted(set(table) - set(fields)):
        raise UserFacingError(f"{where} has no setting called {unknown[0]!r}: it knows {', '.join(fields)}.")
    values = {}
    for name, field in fields.items():
        if name in table:
            values[name] = _parse_value(hints[name], table[name], where=f"{where}.{name}")
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            raise UserFacingError(f"{where} lacks the setting {name!r}.")
    return kind(**values)


def _parse_value(kind: Any, value: Any, *, where: str) -> Any:
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return parse_settings(kind, value, where=where)
    if get_origin(kind) in (Union, types.UnionType):
        if value is None:
            return None
        (kind,) = (option for option in get_args(kind) if option is not type(None))
        return _parse_value(kind, value, where=where)
    if get_origin(kind) is tuple and isinstance(value, list):
        element = get_args(kind)[0]
        return tuple(_parse_value(element, item, where=where) for item in value)
    if isinstance(kind, type) and issubclass(kind, StrEnum) and value in list(kind):
        return kind(value)
    if kind is float and type(value) is int:
        return float(value)
    if type(value) is kind:
        return value
    raise UserFacingError(f"{where} should be {getattr(kind, '__name__', kind)}, not {value!r}.")
