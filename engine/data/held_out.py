"""Who is never trained on: the protocol by which accuracy on people never seen is measured."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from engine.errors import UserFacingError

LEFT_OUT: Final = ""
"""The split of clips that take no part."""
SHOWN: Final = 8
"""So many signers show what their names look like."""


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Signers who are held out; nobody where there are none, which leaves a dataset its own splits.

    Attributes:
        signers: their names.
        spares_unknown: whether clips of which the signer is unknown stay where they are, although they may show one of
            these signers. Else they go.
    """

    signers: tuple[str, ...] = ()
    spares_unknown: bool = False

    def split(self, split: str, *, signer: str) -> str:
        """Return the split of a clip that was in `split`: "test" for all clips of these signers and for no others."""
        if not self.signers:
            return split
        if signer in self.signers:
            return "test"
        goes = split == "test" or (not signer and not self.spares_unknown)
        return LEFT_OUT if goes else split

    def check(self, signers: Iterable[str]) -> None:
        """Refuse names that are not among the `signers` of a dataset: `UserFacingError`."""
        known = set(signers)
        if strangers := sorted(set(self.signers) - known):
            names = sorted(known - {""}, key=lambda name: (len(name), name))
            some = ", ".join(names[:SHOWN]) + (", ..." if len(names) > SHOWN else "")
            others = f"name some of {some}" if names else "nobody knows who signs them"
            raise UserFacingError(f"No clip is signed by {strangers[0]!r}, see --hold-out-signers: {others}.")


NOBODY = HeldOut()
