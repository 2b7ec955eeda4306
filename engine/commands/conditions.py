"""Which conditions of streams can be made of the data at hand."""

import logging
from collections.abc import Iterable

from engine.data.streams.conditions import Condition, Material

log = logging.getLogger(__name__)


def at_hand(wanted: Iterable[Condition], material: Material) -> list[Condition]:
    """Return those of which there are clips, and tell of the others."""
    possible = []
    for condition in wanted:
        if condition in material.conditions:
            possible.append(condition)
        else:
            log.warning("The condition %s is left out: no dataset was given that holds its clips.", condition)
    return possible
