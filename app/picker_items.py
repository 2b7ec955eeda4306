"""What the pickers offer: texts, and the values that they stand for."""

from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Final

from app.engine_words import translated
from app.words import tr

Item = tuple[str, str]
"""The text of an item of a picker, and the value it stands for."""

ALL_SIGNS: Final = ""
"""What a choice of lessons holds for the whole vocabulary."""
NO_CAMERA_SPEC: Final = ""
"""What the source picker holds where there is no camera; choosing it looks again."""


def source_items(cameras: Sequence[tuple[int, str]], files: Sequence[str], chosen: Item | None) -> list[Item]:
    """Return what the source picker offers: cameras (index and name), the demo, the files, and what is chosen."""
    cameras = [(index, translated(name)) for index, name in cameras]
    names = [name for _, name in cameras]
    items = [
        (f"{name} ({index})" if names.count(name) > 1 else name, f"camera:{index}") for index, name in cameras
    ] or [(tr("No camera"), NO_CAMERA_SPEC)]
    items.append((tr("Demo"), "demo"))
    items.extend(zip(_told_apart(files), files, strict=True))
    if chosen is not None and chosen[1] not in {value for _, value in items}:
        items.append((translated(chosen[0]), chosen[1]))
    return items


def lesson_items(names: Iterable[str]) -> list[Item]:
    """Return what a choice of lessons offers: all signs, and the lessons of these names."""
    return [(tr("All signs"), ALL_SIGNS), *((name, name) for name in names)]


def model_items(models: Sequence[str], chosen: str | None) -> list[Item]:
    """Return what the model picker offers: the models that come along, and the chosen one if it is another."""
    offered = [*models, *([] if chosen is None or chosen in models else [chosen])]
    return list(zip(_told_apart(offered), offered, strict=True))


def device_items(*, auto_is: str | None) -> list[Item]:
    """Return what the device picker offers; `auto_is` is the device that "auto" has come to, if it has."""
    auto = tr("Auto") if auto_is is None else tr("Auto ({device})", device=auto_is.upper())
    return [(auto, "auto"), ("CPU", "cpu"), (tr("CUDA GPU"), "cuda")]


def _told_apart(paths: Sequence[str]) -> list[str]:
    """Return the name of each path, with its folder's where two have the same."""
    names = [PurePath(path).name for path in paths]
    return [
        f"{name} ({PurePath(path).parent.name})" if names.count(name) > 1 and PurePath(path).parent.name else name
        for name, path in zip(names, paths, strict=True)
    ]
