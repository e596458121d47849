"""Write `torch_figures.json`: what PyTorch makes of small, written-out networks, in double precision.

PyTorch is not a dependency of this project; run this in an environment that has it:
`python tests/engine/oracles/make_torch_figures.py`. The tests read the file alone. All numbers that go in are
written into the file too, as fractions of 8 or 16, which every double holds exactly.
"""

import json
from pathlib import Path

import torch
from torch.nn import functional

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

STEPS = 200
EXAMPLES = 6  # of the figures of one pass


def spread(count, *, factor, modulus, shift, scale=8):
    """Return `count` numbers that look irregular and are exact: ((factor · k) mod modulus − shift) / scale."""
    return [((factor * k) % modulus - shift) / scale for k in range(1, count + 1)]


def grid(rows, columns, **how):
    return torch.tensor(spread(rows * columns, **how)).reshape(rows, columns)


def small_network():
    """Return the parameters of a 3-4-2 network, the inputs of 24 examples, and plain numbers as their targets.

    Those are too many and too irregular to be learnt: near a loss of 0 the steps of RMSProp and Adam, made
    of ratios of tiny gradients, would enlarge the last bit that two programs round differently.
    """
    parameters = [
        grid(4, 3, factor=7, modulus=17, shift=8),
        torch.tensor(spread(4, factor=3, modulus=7, shift=3, scale=16)),
        grid(2, 4, factor=5, modulus=13, shift=6),
        torch.tensor(spread(2, factor=2, modulus=5, shift=3, scale=16)),
    ]
    return parameters, grid(24, 3, factor=11, modulus=23, shift=11), grid(24, 2, factor=5, modulus=19, shift=9)


# Our name and settings, PyTorch's class and the same settings in its words: the defaults, then others.
OPTIMIZERS = [
    ("sgd", {"learning_rate": 0.1}, torch.optim.SGD, {"lr": 0.1}),
    ("sgd", {"learning_rate": 0.03}, torch.optim.SGD, {"lr": 0.03}),
    ("momentum", {"learning_rate": 0.1, "momentum": 0.9}, torch.optim.SGD, {"lr": 0.1, "momentum": 0.9}),
    ("momentum", {"learning_rate": 0.05, "momentum": 0.5}, torch.optim.SGD, {"lr": 0.05, "momentum": 0.5}),
    (
        "nesterov",
        {"learning_rate": 0.1, "momentum": 0.9},
        torch.optim.SGD,
        {"lr": 0.1, "momentum": 0.9, "nesterov": True},
    ),
    (
        "nesterov",
        {"learning_rate": 0.05, "momentum": 0.5},
        torch.optim.SGD,
        {"lr": 0.05, "momentum": 0.5, "nesterov": True},
    ),
    ("adagrad", {"learning_rate": 0.1, "epsilon": 1e-8}, torch.optim.Adagrad, {"lr": 0.1, "eps": 1e-8}),
    ("adagrad", {"learning_rate": 0.3, "epsilon": 0.01}, torch.optim.Adagrad, {"lr": 0.3, "eps": 0.01}),
    (
        "rmsprop",
        {"learning_rate": 0.01, "decay": 0.99, "epsilon": 1e-8},
        torch.optim.RMSprop,
        {"lr": 0.01, "alpha": 0.99, "eps": 1e-8},
    ),
    (
        "rmsprop",
        {"learning_rate": 0.002, "decay": 0.95, "epsilon": 0.01},
        torch.optim.RMSprop,
        {"lr": 0.002, "alpha": 0.95, "eps": 0.01},
    ),
    (
        "adam",
        {"learning_rate": 0.01, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8},
        torch.optim.Adam,
        {"lr": 0.01, "betas": (0.9, 0.999), "eps": 1e-8},
    ),
    (
        "adam",
        {"learning_rate": 0.02, "beta1": 0.8, "beta2": 0.99, "epsilon": 0.001},
        torch.optim.Adam,
        {"lr": 0.02, "betas": (0.8, 0.99), "eps": 0.001},
    ),
    (
        "adamw",
        {"learning_rate": 0.01, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "weight_decay": 0.01},
        torch.optim.AdamW,
        {"lr": 0.01, "betas": (0.9, 0.999), "eps": 1e-8, "weight_decay": 0.01},
    ),
    (
        "adamw",
        {"learning_rate": 0.02, "beta1": 0.8, "beta2": 0.99, "epsilon": 0.001, "weight_decay": 0.3},
        torch.optim.AdamW,
        {"lr": 0.02, "betas": (0.8, 0.99), "eps": 0.001, "weight_decay": 0.3},
    ),
]

ACTIVATIONS = {
    "identity": lambda z: z,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leaky_relu": lambda z: functional.leaky_relu(z, 0.01),
    "elu": functional.elu,
    "gelu": lambda z: functional.gelu(z, approximate="tanh"),
    "silu": functional.silu,
    # functional.softplus goes over to a straight line at 20, which is off by 2e-9 there.
    "softplus": lambda z: torch.logaddexp(z, torch.zeros_like(z)),
    "softmax": lambda z: torch.softmax(z, dim=1),
}

# Each as the mean over the examples of what one example's loss is, from (a, z, y).
LOSSES = {
    "mean_squared_error": lambda a, z, y: functional.mse_loss(a, y),
    "half_squared_error": lambda a, z, y: functional.mse_loss(a, y, reduction="sum") / (2 * len(y)),
    "mean_absolute_error": lambda a, z, y: functional.l1_loss(a, y),
    "huber": lambda a, z, y: functional.huber_loss(a, y, delta=1.0),
    "hinge": lambda a, z, y: torch.clamp(1.0 - a * y, min=0.0).mean(),
    "binary_cross_entropy": lambda a, z, y: functional.binary_cross_entropy(a, y),
    "cross_entropy": lambda a, z, y: -(y * torch.log(a)).sum() / len(y),
}
LOGIT_LOSSES = {
    ("sigmoid", "binary_cross_entropy"): functional.binary_cross_entropy_with_logits,
    ("softmax", "cross_entropy"): functional.cross_entropy,
}
ENDS = [
    *((activation, loss) for activation in ACTIVATIONS for loss in list(LOSSES)[:5]),
    ("sigmoid", "binary_cross_entropy"),
    ("softmax", "binary_cross_entropy"),
    ("sigmoid", "cross_entropy"),
    ("softmax", "cross_entropy"),
]


def targets_of(loss, plain):
    if loss == "hinge":
        return torch.where(plain > 0, 1.0, -1.0)
    if loss == "binary_cross_entropy":
        return torch.where(plain > 0.5, 1.0, torch.where(plain < -0.5, 0.0, 0.25))
    if loss == "cross_entropy":
        return functional.one_hot(plain.argmax(dim=1), 2).to(plain.dtype)
    return plain


def trained(settings, optimizer, torch_settings):
    parameters, x, y = small_network()
    parameters = [array.clone().requires_grad_() for array in parameters]
    rule = optimizer(parameters, **torch_settings)
    losses = []
    for _ in range(STEPS):
        w1, b1, w2, b2 = parameters
        loss = functional.mse_loss(torch.tanh(x @ w1.T + b1) @ w2.T + b2, y)
        losses.append(loss.item())
        rule.zero_grad()
        loss.backward()
        rule.step()
    return {"settings": settings, "losses": losses, "parameters": [array.tolist() for array in parameters]}


def activation_figures(function):
    """Return values and derivatives at chosen points, 0 and far tails among them; one row each for softmax."""
    points = [-800.0, -40.0, -3.0, -1.0, -0.125, 0.0, 0.125, 1.0, 3.0, 40.0, 800.0]
    z = torch.tensor([points]).T.requires_grad_()
    a = function(z)
    a.sum().backward()
    return {"z": points, "a": a.flatten().tolist(), "derivative": z.grad.flatten().tolist()}


def softmax_figures():
    z = torch.tensor([[0.0, 1.0, -2.0], [800.0, -800.0, 799.0], [5.0, 5.0, 5.0]], requires_grad=True)
    da = grid(3, 3, factor=5, modulus=11, shift=5)
    a = torch.softmax(z, dim=1)
    a.backward(da)
    return {"z": z.tolist(), "a": a.tolist(), "da": da.tolist(), "delta": z.grad.tolist()}


def end_figures(activation, loss):
    """Return every number of one forward and backward pass with a tanh hidden layer."""
    parameters, x, plain = small_network()
    x, plain = x[:EXAMPLES], plain[:EXAMPLES]
    w1, b1, w2, b2 = parameters = [array.clone().requires_grad_() for array in parameters]
    y = targets_of(loss, plain)
    z1 = x @ w1.T + b1
    a1 = torch.tanh(z1)
    z2 = a1 @ w2.T + b2
    a2 = ACTIVATIONS[activation](z2)
    for array in (z1, a1, z2, a2):
        array.retain_grad()
    logits = LOGIT_LOSSES.get((activation, loss))
    value = logits(z2, y) if logits else LOSSES[loss](a2, z2, y)
    value.backward()
    return {
        "activation": activation,
        "loss": loss,
        "inputs": x.tolist(),
        "targets": y.tolist(),
        "value": value.item(),
        "z": [z1.tolist(), z2.tolist()],
        "a": [a1.tolist(), a2.tolist()],
        "delta": [z1.grad.tolist(), z2.grad.tolist()],
        "dW": [w1.grad.tolist(), w2.grad.tolist()],
        "db": [b1.grad.tolist(), b2.grad.tolist()],
    }


def saturated_figures():
    """Return the two losses from logits where a sigmoid or softmax alone is 0 or 1 to the last bit."""
    figures = []
    for z, y in [
        ([[800.0], [-800.0], [800.0], [-800.0], [800.0], [0.0]], [[1.0], [0.0], [0.0], [1.0], [0.25], [0.5]]),
        ([[40.0], [37.0], [20.0]], [[1.0], [1.0], [1.0]]),
    ]:
        figures.append(("sigmoid", "binary_cross_entropy", z, y))
    z = [[800.0, -800.0, 0.0], [800.0, -800.0, 0.0], [800.0, 800.0, -800.0], [-800.0, -800.0, -800.0]]
    y = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.5, 0.25, 0.25], [0.0, 0.0, 1.0]]
    figures.append(("softmax", "cross_entropy", z, y))
    made = []
    for activation, loss, logits, targets in figures:
        z, y = torch.tensor(logits, requires_grad=True), torch.tensor(targets)
        examples = LOGIT_LOSSES[activation, loss](z, y, reduction="none").reshape(len(y), -1).mean(dim=1)
        examples.sum().backward()
        made.append(
            {
                "activation": activation,
                "loss": loss,
                "z": logits,
                "targets": targets,
                "examples": examples.tolist(),
                "delta": z.grad.tolist(),
            }
        )
    return made


def main():
    parameters, x, y = small_network()
    figures = {
        "made_with": f"torch {torch.__version__}",
        "network": {
            "parameters": [array.tolist() for array in parameters],
            "inputs": x.tolist(),
            "targets": y.tolist(),
        },
        "optimizers": [{"name": name, **trained(ours, rule, theirs)} for name, ours, rule, theirs in OPTIMIZERS],
        "activations": {
            name: activation_figures(function) for name, function in ACTIVATIONS.items() if name != "softmax"
        },
        "softmax": softmax_figures(),
        "ends": [end_figures(*pair) for pair in ENDS],
        "saturated": saturated_figures(),
    }
    lines = ",\n".join(
        f"{json.dumps(key)}: [\n" + ",\n".join(map(json.dumps, value)) + "\n]"
        if isinstance(value, list)
        else f"{json.dumps(key)}: {json.dumps(value)}"
        for key, value in figures.items()
    )
    Path(__file__).with_name("torch_figures.json").write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
