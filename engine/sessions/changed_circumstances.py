"""Was a session recorded with what decodes it now?"""

from collections.abc import Collection

from engine.sources.session import Circumstances, SessionNotes


def changed_circumstances(notes: SessionNotes, now: Circumstances) -> str | None:
    """Say in one line what was another when a session was recorded; None where its events will be the same.

    Which hand leads is not compared: a session is always decoded as its signer signs.
    """
    then = [each for each in notes.circumstances if each.model is not None]
    models = {each.model for each in then} - {now.model}
    differs = []
    if models:
        differs.append(f"the model {' and '.join(sorted(map(str, models)))}")
    elif any(each.threshold != now.threshold for each in then):
        differs.append(f"another version of {now.model}")
    if any(_others(each.lesson, now.lesson) for each in then):
        differs.append("another choice of signs")
    if any(_others(each.personal, now.personal) for each in then):
        differs.append("other signs of your own")
    if not differs:
        return None
    return f"This session was recorded with {', '.join(differs)}: its signs may be named differently now."


def _others(one: Collection[str] | None, other: Collection[str] | None) -> bool:
    return (None if one is None else set(one)) != (None if other is None else set(other))
