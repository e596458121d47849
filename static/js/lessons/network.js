/** The instrument of a small network: two hidden neurons, one output, and the four corners that one line cannot part. */

import { beginNetwork, chooseInNetwork, setUnit } from '../actions/lessons.js';
import { element } from '../dom.js';
import { number } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import { settingOf } from '../lib/setting.js';
import { store } from '../lesson-state.js';
import { mount } from '../mount.js';
import { numeric } from '../panels/setup/controls.js';
import { refill } from '../panels/setup/patch.js';
import { countRight, countYes, networkAt, saysAt } from '../views/neuron/network.js';
import { figureOf, inBrackets } from './parts.js';
import { POINTS } from './points.js';

/** @typedef {import('../views/neuron/network.js').Slice} Slice */

const WEIGHT = settingOf({ name: 'weight', label: '', slider: [-3, 3], default: 0 });
/** The neurons that can be changed: their layer and their place in it. */
const UNITS = /** @type {const} */ ([
  [0, 0],
  [0, 1],
  [1, 0],
]);

/**
 * @param {HTMLElement} place
 * @param {object} _settings
 * @param {(facts: import('./conditions.js').Facts) => void} tell
 * @param {{index: number, plotly: string}} page
 */
export function mountInstrument(place, _settings, tell, { index, plotly }) {
  const view = networkAt(index);
  const plane = figureOf(t('What the network answers'));
  const chooser = element(
    'fieldset',
    { class: 'pixels-choice' },
    element('legend', {}, t('Turn the knobs of')),
  );
  const controls = element('div', { class: 'neuron-controls' });
  const sum = element('div', { class: 'neuron-sum', role: 'status' });
  place.classList.add('lesson-neuron');
  place.append(plane, element('div', { class: 'neuron-side' }, chooser, controls, sum));
  const radios = UNITS.map((_, unit) => choiceOf(index, unit));
  chooser.append(...radios);
  const again = () => {
    const slice = view.select(store.get());
    if (slice) refill(controls, controlsOf(slice, again));
  };
  /** Neurons whose knobs were on screen. @type {Set<number>} */
  const opened = new Set();
  store.subscribe((state) => {
    const slice = view.select(state);
    if (!slice) return;
    again();
    opened.add(slice.unit);
    radios.forEach((one, unit) => {
      /** @type {HTMLInputElement} */ (one.querySelector('input')).checked = unit === slice.unit;
    });
    refill(sum, sumsOf(slice));
    tell(factsOf(slice, opened.size));
  });
  beginNetwork(index, POINTS.xor);
  mount(plane, view, plotly, {
    onPick: (pick) => 'example' in pick && chooseInNetwork(index, { chosen: pick.example }),
  });
}

/** @param {Slice} slice @param {number} opened @returns {import('./conditions.js').Facts} */
function factsOf(slice, opened) {
  const isThere = slice.layers !== null;
  const parameters = slice.parameters.flatMap(({ weights, biases }) => [...weights.flat(), ...biases]).length;
  const corners = slice.points.inputs.map((corner) => `first_${corner.join('')}`);
  const says = saysAt(slice, 0, 0);
  return {
    ...{ parameters, opened },
    right: isThere ? countRight(slice) : null,
    first: isThere ? countYes(slice, 0, 0) : null,
    second: isThere ? countYes(slice, 0, 1) : null,
    ...Object.fromEntries(corners.map((corner, index) => [corner, says[index]])),
  };
}

/** @param {number} unit */
const nameOf = (unit) => [t('hidden neuron h₁'), t('hidden neuron h₂'), t('the output')][unit];

/** @param {number} index @param {number} unit */
function choiceOf(index, unit) {
  const input = element('input', { type: 'radio', name: `network-${index}-unit`, value: String(unit) });
  input.addEventListener('change', () => chooseInNetwork(index, { unit }));
  return element('label', {}, input, element('span', {}, nameOf(unit)));
}

/** @param {Slice} slice @param {() => void} again */
function controlsOf({ place, unit, parameters }, again) {
  const [layer, row] = UNITS[unit];
  const { weights, biases } = parameters[layer];
  const from = layer === 0 ? ['x₁', 'x₂'] : ['h₁', 'h₂'];
  const knob = (
    /** @type {string} */ id,
    /** @type {string} */ label,
    /** @type {number} */ value,
    /** @type {(value: number) => void} */ take,
  ) => numeric({ id: `network-${place}-${id}`, label, setting: WEIGHT, value, take, again });
  return [
    ...[0, 1].map((input) =>
      knob(`w${input + 1}`, t('weight of {input}', { input: from[input] }), weights[row][input], (value) =>
        setUnit(place, input, value),
      ),
    ),
    knob('b', t('bias b'), biases[row], (value) => setUnit(place, 'bias', value)),
  ];
}

/** The chosen point on its way through the network. @param {Slice} slice */
export function sumsOf({ points, chosen, parameters, layers }) {
  const x = points.inputs[chosen];
  const hidden = layers?.[0].a[chosen] ?? [null, null];
  const line = (
    /** @type {string} */ name,
    /** @type {number} */ layer,
    /** @type {number} */ unit,
    /** @type {(number | null)[]} */ inputs,
  ) => {
    const [w1, w2] = parameters[layer].weights[unit];
    const terms = [w1, w2].map((weight, at) => `${inBrackets(weight)}·${inBrackets(inputs[at])}`);
    const z = layers ? number(layers[layer].z[chosen][unit]) : '—';
    const a = layers ? number(layers[layer].a[chosen][unit]) : '—';
    return element(
      'p',
      {},
      element(
        'span',
        { class: 'way-sign' },
        `${name} = f(${terms.join(' + ')} + ${inBrackets(parameters[layer].biases[unit])}) = f(${z}) = `,
      ),
      element('strong', {}, a),
    );
  };
  return [line('h₁', 0, 0, x), line('h₂', 0, 1, x), line('y', 1, 0, hidden)];
}
