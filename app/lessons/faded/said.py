"""What is said of each slip in a pass, to whoever made it: the table `SLIPS`."""

from typing import Final

SLIPS: Final = {
    "no_bias": {"label": "The bias was left out."},
    "minus_bias": {"label": "The bias was taken away; it is added."},
    "crossed_forward": {"label": "The weights were taken the wrong way round: w₁₂ leads from input 2 to unit 1."},
    "a_for_z": {"label": "That is a, what the unit says; z is the sum before its activation."},
    "z_for_a": {"label": "That is z; the activation was not applied."},
    "slope_for_a": {"label": "That is the slope of the sigmoid at z; what was asked for is its value."},
    "turned_exponent": {"label": "The sign in the exponent is flipped: the sigmoid has e to the power of −z."},
    "no_half": {"label": "The ½ of this loss was left out."},
    "not_squared": {"label": "The difference was not squared."},
    "only_difference": {"label": "That is how far off it is; the loss is half of its square."},
    "z_in_loss": {"label": "z was compared with the target; what counts is a, what the output says."},
    "whole_loss": {"label": "That is the loss of both outputs together; here only one was asked for."},
    "target_first": {"label": "The sign is flipped: it is what the network says minus what it should say."},
    "with_two": {"label": "That is twice as much: the ½ of this loss and the 2 of its derivative cancel."},
    "z_in_difference": {"label": "z was compared with the target; what counts is a, what the output says."},
    "loss_for_slope": {"label": "That is the loss; what was asked for is how it changes with a."},
    "z_in_derivative": {
        "label": "z was put where a is due: the slope of the sigmoid is a·(1 − a), with what it says."
    },
    "a_in_derivative": {"label": "a was put where z is due: a is the sigmoid already, so its slope is a·(1 − a)."},
    "a_for_slope": {"label": "That is a itself; the slope of the sigmoid is a·(1 − a)."},
    "one_minus_a": {"label": "That is 1 − a; the slope of the sigmoid is a·(1 − a)."},
    "no_derivative": {
        "label": "f′(z) was left out: on its way back the error is multiplied by the slope of the activation."
    },
    "turned_sign": {"label": "The sign is flipped. Begin with what the network says minus what it should say."},
    "only_derivative": {"label": "That is only the slope of the activation; it is multiplied by what came back."},
    "no_input_factor": {
        "label": "The input was left out: a weight's gradient is the error at its neuron times what came in."
    },
    "z_for_input": {
        "label": "z was put where a is due: what came in through this weight is what the hidden unit says."
    },
    "input_of_all": {
        "label": "That is the network’s input; what came in through this weight is a of the hidden unit."
    },
    "step_for_gradient": {
        "label": "That is η times the gradient, the step; what was asked for is the gradient itself."
    },
    "one_path": {"label": "Only one of the two ways to the loss was taken: what comes back along both is added."},
    "crossed_weights": {"label": "The weights were taken the wrong way round: w₁₂ leads from unit 2 to output 1."},
    "updated_weights": {
        "label": "The output weights had been updated already: all gradients of a step are of the same moment."
    },
    "no_output_derivative": {
        "label": "f′(z) of the outputs was left out: what comes back are their δ, not the differences a − y."
    },
    "own_output": {
        "label": "What the unit says itself was taken; what counts is what came in through this weight."
    },
}
