/** A small made-up catalog, with a row of every kind. */

import { frozen } from './made-up.js';

/** @type {(name: string, lowest: number | null, highest: number | null, last_layer_only?: boolean) => any} */
const activation = (name, lowest, highest, last_layer_only = false) => ({
  name,
  label: `The ${name}`,
  lowest,
  highest,
  last_layer_only,
});
/** @type {(name: string, targets: string, task: string, fused_with?: string | null) => any} */
const loss = (name, targets, task, fused_with = null) => ({
  name,
  label: `The ${name}`,
  targets,
  task,
  fused_with,
});
/** @param {object} given */
export const setting = (given) => ({
  name: 'made-up',
  label: 'Made up',
  default: 0,
  minimum: null,
  maximum: null,
  exclusive_maximum: false,
  integer: false,
  scale: 'linear',
  slider: null,
  ...given,
});
const samples = setting({ name: 'samples', default: 200, minimum: 1, maximum: 10_000, integer: true });
const noise = setting({ name: 'noise', default: 0.1, minimum: 0, maximum: 0.5 });
/** @type {(name: string, task: string, given: object) => any} */
const dataset = (name, task, given) => ({
  name,
  label: `The ${name}`,
  task,
  inputs: 2,
  classes: null,
  outputs: null,
  image_side: null,
  is_fixed: false,
  samples,
  noise,
  settings: [],
  ...given,
});
const sides = setting({ name: 'side', default: 8, minimum: 4, maximum: 12, integer: true });
const arms = setting({ name: 'arms', default: 2, minimum: 2, maximum: 4, integer: true });
const rate = (/** @type {number} */ usual) => setting({ name: 'learning_rate', default: usual });

/** @type {import('../../static/js/state.js').Catalog} */
export const CATALOG = /** @type {any} */ (
  frozen({
    activations: [
      activation('identity', null, null),
      activation('step', 0, 1),
      activation('sigmoid', 0, 1),
      activation('tanh', -1, 1),
      activation('relu', 0, null),
      activation('elu', -1, null),
      activation('softmax', 0, 1, true),
    ],
    losses: [
      loss('half_squared_error', 'zero_one', 'any'),
      loss('huber', 'zero_one', 'any'),
      loss('hinge', 'minus_one_one', 'classification'),
      loss('binary_cross_entropy', 'zero_one', 'classification', 'sigmoid'),
      loss('cross_entropy', 'one_hot', 'classification', 'softmax'),
    ],
    datasets: [
      dataset('two', 'classification', { classes: 2 }),
      dataset('winding', 'classification', { classes: 2, settings: [arms] }),
      dataset('ten', 'classification', { classes: 10, inputs: 64, image_side: 8 }),
      dataset('pictures', 'classification', { classes: 2, inputs: 64, image_side: 8, settings: [sides] }),
      dataset('values', 'regression', { inputs: 1, outputs: 1 }),
      dataset('alone', 'regression', {
        outputs: 2,
        is_fixed: true,
        samples: setting({ name: 'samples', default: 1, minimum: 1, maximum: 1, integer: true }),
      }),
    ],
    optimizers: [
      { name: 'sgd', label: 'SGD', settings: [rate(0.1)] },
      { name: 'momentum', label: 'Momentum', settings: [rate(0.1), setting({ name: 'momentum' })] },
      { name: 'adam', label: 'Adam', settings: [rate(0.01)] },
    ],
    initializers: [],
    features: ['x1', 'x2', 'x1^2', 'x2^2'],
    presets: [{ name: 'mine', label: 'My example', experiment: { data: { dataset: 'two' } } }],
    limits: { examples: 10_000, trace_numbers: 1_000_000, seed: 2 ** 53 - 1 },
  })
);
