"""From JSON or TOML tables to frozen dataclasses, strictly: a misspelt or missing field is an error with its name."""

import dataclasses
import math
import types
from collections.abc import Mapping
from contextlib import suppress
from enum import StrEnum
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from engine.errors import UserFacingError

Settings = TypeVar("Settings")


def parse_settings(kind: type[Settings], table: Any, *, where: str, name: str = "") -> Settings:
    """Build the dataclass `kind` from a table of plain values.

    Args:
        kind: a dataclass of finite numbers, strings, booleans, words of a StrEnum, tuples of them, optional values and
            dataclasses.
        table: what a JSON or TOML parser returned.
        where: the file, for error messages.
        name: of the table in its file; nothing for the whole of it.

    Raises:
        UserFacingError: a field is unknown, missing or of the wrong kind.
    """
    told = f"{where}: {name}" if name else where
    if not isinstance(table, Mapping):
        raise UserFacingError(f"{told} should be a table of settings, not {table!r}.")
    hints = get_type_hints(kind)
    fields = {field.name: field for field in dataclasses.fields(kind)}  # type: ignore[arg-type]
    if unknown := sorted(set(table) - set(fields)):
        raise UserFacingError(f"{told} has no setting called {unknown[0]!r}: it knows {', '.join(fields)}.")
    values = {}
    for field_name, field in fields.items():
        if field_name in table:
            full_name = f"{name}.{field_name}" if name else field_name
            values[field_name] = _parse_value(hints[field_name], table[field_name], where=where, name=full_name)
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            raise UserFacingError(f"{told} lacks the setting {field_name!r}.")
    return kind(**values)


def _parse_value(kind: Any, value: Any, *, where: str, name: str) -> Any:
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return parse_settings(kind, value, where=where, name=name)
    if get_origin(kind) in (Union, types.UnionType):
        if value is None:
            return None
        (kind,) = (option for option in get_args(kind) if option is not type(None))
        return _parse_value(kind, value, where=where, name=name)
    if get_origin(kind) is tuple and isinstance(value, list):
        element = get_args(kind)[0]
        return tuple(_parse_value(element, item, where=where, name=name) for item in value)
    if isinstance(kind, type) and issubclass(kind, StrEnum) and value in list(kind):
        return kind(value)
    if kind is float and type(value) in (int, float):
        with suppress(OverflowError):  # a whole number of some hundred digits
            if math.isfinite(number := float(value)):
                return number
    elif type(value) is kind:
        return value
    raise UserFacingError(f"{where}: {name} is {value!r}: it should be {_described(kind)}.")


def _described(kind: Any) -> str:
    if get_origin(kind) is tuple:
        return "a list"
    if issubclass(kind, StrEnum):
        return f"one of {', '.join(kind)}"
    return {int: "a whole number", float: "a number", bool: "true or false", str: "text"}[kind]
