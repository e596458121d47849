"""The opponent: training written out by hand for one topology at a time, as a good programmer would for one script.

No tables, no records, no checks, no generality: forward, loss, backward and update in as few calls as they
take. Each function makes `steps` steps of plain gradient descent, changes the arrays it is given, and returns
the loss of every step before its update.
"""

import numpy as np


def train_one_hidden(x, y, parameters, rate, steps, size, permutation):
    """Train tanh, then sigmoid with binary cross-entropy."""
    w1, b1, w2, b2 = parameters
    losses = []
    for xb, yb in batches(x, y, steps, size, permutation):
        a1 = np.tanh(xb @ w1.T + b1)
        z2 = a1 @ w2.T + b2
        a2 = 1.0 / (1.0 + np.exp(-z2))
        losses.append((np.maximum(z2, 0.0) - z2 * yb + np.log1p(np.exp(-np.abs(z2)))).mean())
        d2 = (a2 - yb) / len(xb)
        d1 = d2 @ w2 * (1.0 - a1 * a1)
        w2 -= rate * (d2.T @ a1)
        b2 -= rate * d2.sum(axis=0)
        w1 -= rate * (d1.T @ xb)
        b1 -= rate * d1.sum(axis=0)
    return losses


def train_two_hidden(x, y, parameters, rate, steps, size, permutation):
    """Train tanh, tanh, then sigmoid with binary cross-entropy."""
    w1, b1, w2, b2, w3, b3 = parameters
    losses = []
    for xb, yb in batches(x, y, steps, size, permutation):
        a1 = np.tanh(xb @ w1.T + b1)
        a2 = np.tanh(a1 @ w2.T + b2)
        z3 = a2 @ w3.T + b3
        a3 = 1.0 / (1.0 + np.exp(-z3))
        losses.append((np.maximum(z3, 0.0) - z3 * yb + np.log1p(np.exp(-np.abs(z3)))).mean())
        d3 = (a3 - yb) / len(xb)
        d2 = d3 @ w3 * (1.0 - a2 * a2)
        d1 = d2 @ w2 * (1.0 - a1 * a1)
        w3 -= rate * (d3.T @ a2)
        b3 -= rate * d3.sum(axis=0)
        w2 -= rate * (d2.T @ a1)
        b2 -= rate * d2.sum(axis=0)
        w1 -= rate * (d1.T @ xb)
        b1 -= rate * d1.sum(axis=0)
    return losses


def train_classes(x, y, parameters, rate, steps, size, permutation):
    """Train ReLU, then softmax with cross-entropy."""
    w1, b1, w2, b2 = parameters
    losses = []
    for xb, yb in batches(x, y, steps, size, permutation):
        z1 = xb @ w1.T + b1
        a1 = np.maximum(z1, 0.0)
        z2 = a1 @ w2.T + b2
        z2 -= z2.max(axis=1, keepdims=True)
        e = np.exp(z2)
        total = e.sum(axis=1, keepdims=True)
        losses.append(((np.log(total) - z2) * yb).sum() / len(xb))
        d2 = (e / total - yb) / len(xb)
        d1 = d2 @ w2 * (z1 > 0)
        w2 -= rate * (d2.T @ a1)
        b2 -= rate * d2.sum(axis=0)
        w1 -= rate * (d1.T @ xb)
        b1 -= rate * d1.sum(axis=0)
    return losses


def losses_two_hidden(x, y, origin, directions, points, shapes):
    """Return the loss at each point of a plane: tanh, tanh, then sigmoid with binary cross-entropy."""
    losses = []
    for a, b in points:
        (w1, b1), (w2, b2), (w3, b3) = layers(origin + a * directions[0] + b * directions[1], shapes)
        z3 = np.tanh(np.tanh(x @ w1.T + b1) @ w2.T + b2) @ w3.T + b3
        losses.append((np.maximum(z3, 0.0) - z3 * y + np.log1p(np.exp(-np.abs(z3)))).mean())
    return np.array(losses)


def losses_classes(x, y, origin, directions, points, shapes):
    """Return the loss at each point of a plane: ReLU, then softmax with cross-entropy."""
    losses = []
    for a, b in points:
        (w1, b1), (w2, b2) = layers(origin + a * directions[0] + b * directions[1], shapes)
        z2 = np.maximum(x @ w1.T + b1, 0.0) @ w2.T + b2
        z2 -= z2.max(axis=1, keepdims=True)
        losses.append(((np.log(np.exp(z2).sum(axis=1, keepdims=True)) - z2) * y).sum() / len(x))
    return np.array(losses)


def layers(vector, shapes):
    """Yield weights and biases of each layer as views into the vector."""
    start = 0
    for units, inputs in shapes:
        middle = start + units * inputs
        yield vector[start:middle].reshape(units, inputs), vector[middle : middle + units]
        start = middle + units


def batches(x, y, steps, size, permutation):
    """Yield the batch of each step: everything, or slices of a new order each epoch."""
    if size is None:
        for _ in range(steps):
            yield x, y
        return
    a_pass = -(-len(x) // size)
    for step in range(steps):
        epoch, place = divmod(step, a_pass)
        if place == 0:
            order = permutation(epoch)
        chosen = order[place * size : (place + 1) * size]
        yield x[chosen], y[chosen]
