"""What names of numbers, lists, tables and batches stand for in a program that does not say it."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from .worlds import World

NUMBERS = (
    (
        "samples",
        "m N n batch_size num_examples n_samples num_samples nb_samples n_examples M examples batch samples m_train "
        "num_train batchsize mini_batch_size batch_sz train_size B",
    ),
    ("rate", "lr alpha eta learning_rate learningRate η α step_size stepsize rate LR lrate"),
    ("once", "epochs num_epochs n_epochs iterations num_iterations n_iter iters max_iter num_iters max_epochs"),
    (
        "inputs",
        "n_x n_in input_size input_dim nn_input_dim D_in n0 num_inputs n_inputs input_nodes inputnodes n_input "
        "inputSize input_layer_size num_features n_features inodes din d_in features_count in_dim D n_0",
    ),
    (
        "hidden",
        "n_h hidden_size H hidden_dim nn_hdim n_hidden n1 num_hidden hidden_nodes hiddennodes hiddenSize "
        "hidden_layer_size hnodes dh d_h n_hid hidden_units n_1 h_dim",
    ),
    (
        "outputs",
        "n_y D_out output_size output_dim nn_output_dim n_classes num_classes n_out n2 num_labels output_nodes "
        "outputnodes outputSize output_layer_size onodes dout d_out n_outputs num_outputs C K n_output classes out_dim "
        "n_2",
    ),
    ("layers", "L num_layers n_layers depth nlayers"),
)
"""The names that programs have for the numbers of a network; the first that has a name keeps it."""


def sizes_of(world: World) -> dict[str, Any]:
    """The numbers of a network by the names that programs have for them."""
    widths = world.architecture.widths
    values = {
        "samples": world.m,
        "rate": np.float64(world.eta),
        "once": 1,
        "inputs": widths[0],
        "hidden": widths[1] if len(widths) > 2 else widths[-1],
        "outputs": widths[-1],
        "layers": world.depth,
    }
    found = {name: values[kind] for kind, names in reversed(NUMBERS) for name in names.split()}
    return found | {name: list(widths) for name in BY_SIZE}


BY_SIZE = "layer_dims layers_dims layer_sizes sizes dims layers_sizes widths layers".split()
"""The names of the list of all widths."""


TABLES = frozenset(
    "params parameters cache caches grads gradients model theta weights_dict memory forward_cache store "
    "variables values state activations_cache derivatives updates p net network nn ctx saved results".split()
)


PARAMETER_TABLES = frozenset("params parameters model weights_dict theta network".split())
"""The tables that hold weights and biases."""


GRADIENT_TABLES = frozenset("grads gradients".split())


BATCHES = frozenset("batches mini_batches minibatches train_loader data_loader loader dataloader".split())


PAIRS = frozenset("training_data mini_batch dataset train_data data samples_list examples_list training_set".split())


L2 = frozenset("lambda lambd lambd_ lam l2 reg reg_lambda weight_decay λ decay lmbda lambda_".split())


VELOCITY = re.compile(r"(?:v|vel|velocity|mom|momentum)_?d?[Wwb]?_?\d*|[vVsS]_?d[Ww b]_?\d*|V\d+")
"""What an optimiser keeps from step to step; it begins with nothing."""


ALSO_RATES = frozenset("epsilon ε gamma".split())
"""What is the learning rate only where the program does not say."""


HIDDEN = frozenset("hidden hid h".split())
"""What is a size only where it is a whole number: the units of the hidden layer."""


LISTS = (
    ("W", "W Ws weights w Theta theta syn kernels"),
    ("b", "b bs biases bias"),
    ("Z", "Z Zs zs z"),
    ("A", "A As a activations acts outputs_by_layer"),
    ("delta", "delta deltas δ dZ dz"),
    ("dW", "dW dWs nabla_w grad_W grads_W dw gW weight_gradients"),
    ("db", "db dbs nabla_b grad_b grads_b gb bias_gradients"),
    ("dA", "dA dAs"),
)
"""The names of lists by layer, the name of the array before them."""


BY_LAYER = {name: base for base, names in LISTS for name in names.split()}


def plainest(name: str) -> str:
    return name.lower().replace("_", "")
