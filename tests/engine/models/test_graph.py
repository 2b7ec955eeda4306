"""The graph network of one part: what it answers does not depend on how it is computed."""

import pytest
import torch
from torch import Tensor

from engine.models.graph import BODY, HAND, GraphConvolution, GraphNetwork, PartGraph


def test_what_the_norm_has_learned_counts_in_evaluation_as_it_says(nodes: Tensor) -> None:
    convolution = GraphConvolution(5, 8, torch.rand(4, 4))
    for _ in range(20):
        convolution(3.0 * nodes + 1.0)  # the norm learns
    torch.nn.init.uniform_(convolution.norm.weight)
    torch.nn.init.uniform_(convolution.norm.bias)
    convolution.eval()
    mixed = torch.einsum("ij,jnk->ink", convolution.adjacency + convolution.correction, nodes)
    seen = convolution.own(nodes) + convolution.neighbours(mixed)
    normed = convolution.norm(seen.flatten(0, 1)).view_as(seen)
    torch.testing.assert_close(convolution(nodes), (normed + convolution.node_bias[:, None]).relu())


def test_gradients_are_those_of_the_norm_that_no_longer_learns(nodes: Tensor) -> None:
    convolution = GraphConvolution(5, 8, torch.rand(4, 4)).eval()
    convolution(nodes).sum().backward()
    assert all(weight.grad is not None and weight.grad.abs().sum() > 0 for weight in convolution.parameters())


@pytest.mark.parametrize("graph", [HAND, BODY], ids=["hand", "body"])
def test_a_sub_part_is_the_maximum_over_its_own_joints(graph: PartGraph) -> None:
    network = GraphNetwork(graph, (8,), 16)
    pooled: list[Tensor] = []
    network.over_joints, network.over_sub_parts = torch.nn.Sequential(), torch.nn.Sequential()
    network.over_sub_parts.register_forward_hook(lambda *called: pooled.append(called[-1]))
    positions = torch.randn(3, graph.joints, 2)
    network(positions, torch.ones(3, graph.joints, dtype=torch.bool))
    expected = torch.stack([positions[:, list(joints)].amax(dim=1) for joints in graph.sub_parts])
    torch.testing.assert_close(pooled[0][..., :2], expected)


@pytest.fixture
def nodes() -> Tensor:
    """Four nodes of six frames."""
    torch.manual_seed(0)
    return torch.randn(4, 6, 5)
