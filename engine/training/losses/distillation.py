"""Knowledge distillation (Hinton et al., arXiv 1503.02531)."""

from torch import Tensor
from torch.nn import functional


def distillation(logits: Tensor, teacher: Tensor, *, temperature: float) -> Tensor:
    """Divergence of a student's softened answers from its teacher's.

    Logits (B, classes) of both. Scaled by the squared temperature, so that its gradients keep their size.
    """
    student = functional.log_softmax(logits / temperature, dim=-1)
    taught = functional.log_softmax(teacher / temperature, dim=-1)
    return functional.kl_div(student, taught, reduction="batchmean", log_target=True) * temperature**2
