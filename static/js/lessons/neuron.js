/** The instrument of one neuron: two weights, a bias, an activation; points to part, and every number of the sum. */

import { beginNeuron, choosePoint, setNeuron } from '../actions/lessons.js';
import { element } from '../dom.js';
import { number } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import { settingOf } from '../lib/setting.js';
import { store } from '../lesson-state.js';
import { mount } from '../mount.js';
import { field, menu, numeric } from '../panels/setup/controls.js';
import { refill } from '../panels/setup/patch.js';
import { countRight, saysAll, sliceOf } from '../views/neuron/answers.js';
import { planeAt } from '../views/neuron/plane.js';
import { responseAt } from '../views/neuron/response.js';
import { figureOf, inBrackets } from './parts.js';
import { POINTS } from './points.js';

const ACTIVATIONS = ['step', 'relu', 'sigmoid', 'identity'];
const WEIGHT = settingOf({ name: 'weight', label: '', slider: [-3, 3], default: 0 });

/**
 * @param {HTMLElement} place
 * @param {{points?: string, activation?: string}} settings
 * @param {(facts: import('./conditions.js').Facts) => void} tell
 * @param {{index: number, plotly: string}} page
 */
export function mountInstrument(place, { points = 'groups', activation = 'step' }, tell, { index, plotly }) {
  const plane = figureOf(t('What the neuron answers'));
  const response = figureOf(t('Its activation'));
  const controls = element('div', { class: 'neuron-controls' });
  const sum = element('div', { class: 'neuron-sum', role: 'status' });
  place.classList.add('lesson-neuron');
  place.append(plane, element('div', { class: 'neuron-side' }, controls, sum, response));
  const again = () => refill(controls, controlsOf(index, again));
  const facts = factsOf(index);
  store.subscribe(() => {
    const slice = sliceOf(store.get(), index);
    if (!slice) return;
    again();
    refill(sum, sumOf(slice));
    tell(facts());
  });
  beginNeuron(index, {
    neuron: { weights: [0, 0], bias: 0, activation },
    points: POINTS[points],
    ...{ chosen: 0, layer: null, response: null },
  });
  mount(plane, planeAt(index), plotly, {
    onPick: (pick) => 'example' in pick && choosePoint(index, pick.example),
  });
  mount(response, responseAt(index), plotly);
}

const FACTS = ['right', 'yes', 'z', 'a', 'w1', 'w2', 'bias', 'activation'];

/** @param {number} index */
function factsOf(index) {
  return () => {
    const slice = sliceOf(store.get(), index);
    const right = slice && countRight(slice);
    const layer = slice?.layer;
    if (!slice || right === null || !layer) return Object.fromEntries(FACTS.map((name) => [name, null]));
    const [w1, w2] = slice.neuron.weights;
    return {
      ...{ right, w1, w2, yes: saysAll(slice).filter((one) => one === 'yes').length },
      z: layer.z[slice.chosen][0],
      a: layer.a[slice.chosen][0],
      bias: slice.neuron.bias,
      activation: slice.neuron.activation,
    };
  };
}

/** @param {number} index @param {() => void} again */
function controlsOf(index, again) {
  const slice = sliceOf(store.get(), index);
  if (!slice) return [];
  const { weights, bias, activation } = slice.neuron;
  const weight = (/** @type {0 | 1} */ at) =>
    numeric({
      id: `neuron-${index}-w${at + 1}`,
      label: at === 0 ? t('weight w₁') : t('weight w₂'),
      setting: WEIGHT,
      value: weights[at],
      take: (value) => {
        const now = /** @type {NonNullable<typeof slice>} */ (sliceOf(store.get(), index)).neuron.weights;
        setNeuron(index, { weights: at === 0 ? [value, now[1]] : [now[0], value] });
      },
      again,
    });
  const names = { step: t('threshold'), relu: 'ReLU', sigmoid: t('sigmoid'), identity: t('none: a = z') };
  const rows = ACTIVATIONS.map((name) => ({ name, label: names[/** @type {'step'} */ (name)] }));
  return [
    weight(0),
    weight(1),
    numeric({
      id: `neuron-${index}-b`,
      label: t('bias b'),
      setting: WEIGHT,
      value: bias,
      take: (value) => setNeuron(index, { bias: value }),
      again,
    }),
    field(
      t('activation'),
      menu(`neuron-${index}-activation`, rows, activation, (name) => setNeuron(index, { activation: name })),
    ),
  ];
}

/** The sum, written out. @param {import('../views/neuron/answers.js').Slice} slice */
export function sumOf({ neuron, points, chosen, layer }) {
  const [x1, x2] = points.inputs[chosen];
  const [w1, w2] = neuron.weights;
  const sum = `${inBrackets(w1)}·${inBrackets(x1)} + ${inBrackets(w2)}·${inBrackets(x2)} + ${inBrackets(neuron.bias)}`;
  return [
    element(
      'p',
      {},
      element('span', { class: 'way-sign' }, `z = w₁·x₁ + w₂·x₂ + b = ${sum} = `),
      element('strong', {}, layer ? number(layer.z[chosen][0]) : '—'),
    ),
    element(
      'p',
      {},
      element('span', { class: 'way-sign' }, 'a = f(z) = '),
      element('strong', {}, layer ? number(layer.a[chosen][0]) : '—'),
    ),
  ];
}
