"""The frames of a window that attention over time does not look at."""

from torch import Tensor


def hidden_frames(present: Tensor) -> Tensor | None:
    """Presence (B, F) bool -> the key padding mask of a Transformer (B, F) bool, or None where nothing is to hide.

    Attention over nothing is not a number: a clip of which nothing is there looks at its empty frames. A live window
    has every frame, and attention without a mask spares a twenty-fifth of the encoder's time on a CPU.
    """
    hidden = ~present & present.any(dim=1, keepdim=True)
    return hidden if hidden.any() else None
