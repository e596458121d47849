import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.flat import flatten, frozen_biases, unflatten
from app.engine.network import Layer, Network
from tests.filled import filled

NETWORK = Network(2, (Layer(3, "tanh", False), Layer(1, "tanh"), Layer(2, "identity", False)))


def test_weights_come_row_by_row_then_biases_layer_after_layer(parameters_of):
    parameters = parameters_of(
        ([[0, 1], [2, 3], [4, 5]], [6, 7, 8]), ([[9, 10, 11]], [12]), ([[13], [14]], [15, 16])
    )
    assert flatten(parameters).tolist() == list(range(17))


@settings(derandomize=True, deadline=None, max_examples=50)
@given(inputs=st.integers(1, 5), units=st.lists(st.integers(1, 5), min_size=1, max_size=4))
def test_there_and_back_is_the_same(inputs, units):
    network = Network(inputs, tuple(Layer(count, "tanh") for count in units))
    vector = np.random.default_rng(0).normal(size=network.parameter_count)
    parameters = unflatten(vector, network)
    assert [own.weights.shape for own in parameters] == list(zip(units, [inputs, *units[:-1]], strict=True))
    assert flatten(parameters).tobytes() == vector.tobytes()


def test_unflattened_arrays_are_views_and_flattened_ones_are_not():
    vector = np.zeros(NETWORK.parameter_count)
    parameters = unflatten(vector, NETWORK)
    vector[:] = 1.0
    assert all(own.weights.all() and own.biases.all() for own in filled(parameters))
    flatten(parameters)[:] = 2.0
    assert (vector == 1.0).all()


def test_the_places_of_frozen_biases_are_named():
    assert frozen_biases(NETWORK).tolist() == [6, 7, 8, 15, 16]
    assert frozen_biases(Network(2, (Layer(2, "tanh"),))).tolist() == []
