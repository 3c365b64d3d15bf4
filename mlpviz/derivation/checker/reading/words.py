"""What programs call the quantities besides their letters, and where they keep them."""

from __future__ import annotations

import re

IN_CODE = {
    name: tuple(words.split())
    for name, words in {
        "W": "weights weight Weights Ws kernel kernels",
        "b": "bias biases Biases bs",
        "Z": "zs Zs pre_activations preactivations logits",
        "A": "activations acts",
        "delta": "deltas",
        "input": "X_train x_train inputs X_batch x_batch Xb xb",
        "output": "y_pred Y_pred ypred predictions prediction preds pred probs output outputs aL y_out",
        "Y": "y_true Y_true y_train Y_train y_batch Y_batch yb Yb target targets label labels one_hot_Y one_hot_y "
        "Y_one_hot y_one_hot y_onehot Y_onehot Y_hot y_enc Y_enc",
        "m": "N M batch_size num_examples n_examples num_samples n_samples N_samples nsamples bs_size num_train "
        "sample_size samples_count n_batch batchsize batchSize numSamples nSamples num_data n_train",
        "l2": "lam lambd lambda_ reg reg_lambda weight_decay decay",
        "eta": "lr learning_rate eta η learningRate step_size",
    }.items()
}
"""Words by quantity; a list by layer, or a word with the number of a layer, where the quantity has layers."""

WORDS = {word: name for name, words in IN_CODE.items() for word in words}

COST = "(?:J|L|C|E|l|cost|loss|Cost|Loss)"
ARRAY = "(?P<{}>[WwbZzAa])"
GRADIENT = re.compile(
    rf"(?:d{COST}?_?d?_?|(?:grads?|gradient|nabla|g)_?(?:of_)?|∇|∂){ARRAY.format('after')}"
    rf"|{ARRAY.format('before')}_?(?:grads?|gradient|g)"
)
"""The name of a gradient in a program: dL_dW, grad_W, nabla_w, W_grad."""

PLACED = {
    "l": re.compile(r"(?P<name>.+)_l"),
    "L": re.compile(r"(?P<name>.+?)_?L"),
    "before": re.compile(r"(?P<name>.+)_(?:prev|previous)|(?:prev|previous)_(?P<other>.+)"),
    "after": re.compile(r"(?P<name>.+)_next|next_(?P<other>.+)"),
}
"""The layer of a name as a word beside it."""

HOLDERS = frozenset(
    "self this model net network mlp ann brain nnet params parameters param cache caches grads grad gradients "
    "memory mem state store values layer ctx obj opt p c forward fwd backward bwd results".split()
)
"""What holds the arrays of a program: what is looked up in it has the name of the key."""

HOLDERS_OF_GRADIENTS = frozenset("grads grad gradients gradient dparams".split())


def by(word: str) -> str:
    """The letter of what a word for a gradient is the derivative by, or ""."""
    match = GRADIENT.fullmatch(word)
    return (match["after"] or match["before"]) if match else ""
