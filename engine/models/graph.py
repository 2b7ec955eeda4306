"""Graph convolutions over the joints of one part of the body in one frame (MASA, frame embedding)."""

import functools
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from engine.joints import BODY_BONES, BODY_JOINTS, HAND_BONES, HAND_JOINTS


@dataclass(frozen=True, slots=True)
class PartGraph:
    """A part's joints, its bones, and the sub-parts that its joints are pooled to."""

    joints: int
    bones: tuple[tuple[int, int], ...]
    sub_parts: tuple[tuple[int, ...], ...]


HAND = PartGraph(
    joints=HAND_JOINTS,
    bones=HAND_BONES,
    sub_parts=((0, 1, 5, 9, 13, 17), *(tuple(range(first, first + 4)) for first in (1, 5, 9, 13, 17))),
)
"""Palm and five fingers."""

BODY = PartGraph(joints=BODY_JOINTS, bones=BODY_BONES, sub_parts=((0, 1, 2), (1, 3), (3, 5), (2, 4), (4, 6)))
"""Head and shoulders, upper arms and forearms."""


class GraphConvolution(nn.Module):
    """Each node sees itself and, through a learned correction of the graph, its neighbours.

    Every node has a bias of its own: the weights are shared, and without it a thumb would look like a finger.
    """

    def __init__(self, inputs: int, outputs: int, adjacency: Tensor) -> None:
        super().__init__()
        self.adjacency: Tensor
        self.register_buffer("adjacency", adjacency, persistent=False)
        self.correction = nn.Parameter(torch.zeros_like(adjacency))
        self.own = nn.Linear(inputs, outputs, bias=False)
        self.neighbours = nn.Linear(inputs, outputs, bias=False)
        self.norm = nn.BatchNorm1d(outputs)
        self.node_bias = nn.Parameter(torch.randn(len(adjacency), outputs) * 0.1)

    def forward(self, nodes: Tensor) -> Tensor:
        """(nodes, N, inputs) -> (nodes, N, outputs); with the nodes first the graph is one matrix product."""
        mixed = ((self.adjacency + self.correction) @ nodes.flatten(1)).view_as(nodes)
        if not self.norm.training:
            return self._folded(nodes, mixed)
        # In place: on one core a twelfth of the encoder's time is the memory that fresh sums would take.
        seen = self.own(nodes).add_(self.neighbours(mixed))
        normed: Tensor = self.norm(seen.flatten(0, 1)).view_as(seen)
        return normed.add_(self.node_bias[:, None]).relu_()

    def _folded(self, nodes: Tensor, mixed: Tensor) -> Tensor:
        """Do what `forward` does once the norm has learned, with the norm in the weights: two passes less over all."""
        norm = self.norm
        assert norm.running_mean is not None, "the norm keeps its statistics"
        assert norm.running_var is not None, "the norm keeps its statistics"
        scale = norm.weight / (norm.running_var + norm.eps).sqrt()
        bias = self.node_bias + norm.bias - norm.running_mean * scale
        own, neighbours = (scale[:, None] * linear.weight for linear in (self.own, self.neighbours))
        seen = torch.addmm(nodes.flatten(0, 1) @ own.T, mixed.flatten(0, 1), neighbours.T)
        return seen.view(*nodes.shape[:2], -1).add_(bias[:, None]).relu_()


class GraphNetwork(nn.Module):
    """Joints -> sub-parts -> one vector for the part in one frame."""

    def __init__(self, graph: PartGraph, joint_widths: tuple[int, ...], part_width: int) -> None:
        super().__init__()
        bones = _normalised_adjacency(graph.joints, graph.bones)
        inputs = (3, *joint_widths)
        self.over_joints = nn.Sequential(
            *(GraphConvolution(before, after, bones) for before, after in zip(inputs, joint_widths, strict=False))
        )
        self.sub_parts: Tensor
        self.register_buffer("sub_parts", _padded(graph.sub_parts), persistent=False)
        whole = _normalised_adjacency(
            len(graph.sub_parts),
            tuple((one, other) for other in range(len(graph.sub_parts)) for one in range(other)),
        )
        self.over_sub_parts = nn.Sequential(
            GraphConvolution(joint_widths[-1], part_width, whole), GraphConvolution(part_width, part_width, whole)
        )

    def forward(self, positions: Tensor, present: Tensor) -> Tensor:
        """Positions (N, joints, 2) and presence (N, joints) bool -> (N, part_width)."""
        seen = torch.cat([positions, present[..., None].to(positions.dtype)], dim=-1)
        joints = self.over_joints(seen.transpose(0, 1).contiguous())
        vectors: Tensor = self.over_sub_parts(_pooled(joints, self.sub_parts))
        return vectors.amax(dim=0)


def _pooled(joints: Tensor, groups: Tensor) -> Tensor:
    """(joints, N, width), (groups, longest) indices -> the maximum of each group (groups, N, width).

    One member of every group at a time: all at once would take memory that costs more than the maxima do.
    """
    return functools.reduce(torch.maximum, (joints.index_select(0, members) for members in groups.unbind(1)))


def _padded(groups: tuple[tuple[int, ...], ...]) -> Tensor:
    """(groups, longest) indices; a short group repeats its first member, which no maximum notices."""
    longest = max(len(group) for group in groups)
    return torch.tensor([[*group, *(group[0] for _ in range(longest - len(group)))] for group in groups])


def _normalised_adjacency(nodes: int, edges: tuple[tuple[int, int], ...]) -> Tensor:
    """Rows of neighbours' weights that sum to one."""
    adjacency = torch.zeros(nodes, nodes)
    for one, other in edges:
        adjacency[one, other] = adjacency[other, one] = 1.0
    return adjacency / adjacency.sum(dim=1, keepdim=True).clamp(min=1.0)
