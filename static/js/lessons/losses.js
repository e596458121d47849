/** The instrument of losses: a prediction, what would be right, and what the difference costs. */

import { beginLosses, setPrediction } from '../actions/lessons.js';
import { element } from '../dom.js';
import { number } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import { settingOf } from '../lib/setting.js';
import { store } from '../lesson-state.js';
import { mount } from '../mount.js';
import { numeric } from '../panels/setup/controls.js';
import { refill } from '../panels/setup/patch.js';
import { lossName, lossesAt } from '../views/losses/curves.js';
import { choiceOf, figureOf } from './parts.js';

/** What the network says at first. */
const FIRST = 0.57;
/** A prediction is strictly between 0 and 1, where every loss has a value. */
const PREDICTION = settingOf({
  ...{ name: 'prediction', label: '', default: 0.5, minimum: 0.001, maximum: 0.999 },
  slider: [0.01, 0.99],
});

/**
 * @param {HTMLElement} place
 * @param {{target?: string}} settings
 * @param {(facts: import('./conditions.js').Facts) => void} tell
 * @param {{index: number, plotly: string}} page
 */
export function mountInstrument(place, { target = '0' }, tell, { index, plotly }) {
  const view = lossesAt(index);
  const figure = figureOf(t('What it costs'));
  const controls = element('div', { class: 'neuron-controls' });
  const costs = element('dl', { class: 'losses-costs' });
  const targets = choiceOf(
    t('Right would be'),
    `losses-${index}-target`,
    [
      ['0', '0'],
      ['1', '1'],
    ],
    target,
    (value) => setPrediction(index, { target: Number(value) }),
  );
  place.classList.add('lesson-losses');
  place.append(figure, element('div', { class: 'neuron-side' }, controls, targets, costs));
  const again = () => {
    const slice = view.select(store.get());
    if (slice) refill(controls, [predictionOf(index, slice.prediction, again)]);
  };
  store.subscribe((state) => {
    const slice = view.select(state);
    if (!slice) return;
    again();
    refill(costs, costsOf(slice.curves));
    tell(factsOf(slice));
  });
  beginLosses(index, { prediction: FIRST, target: Number(target), curves: null });
  mount(figure, view, plotly);
}

/** The losses, as their facts call them. */
const NAMES = /** @type {const} */ ({
  mean_absolute_error: 'absolute',
  mean_squared_error: 'squared',
  binary_cross_entropy: 'entropy',
});
/** Two slopes are equal where their four digits on screen are. */
const SAME = 5e-4;

/** @param {import('../lesson-state.js').LossesState} state @returns {import('./conditions.js').Facts} */
function factsOf({ prediction, target, curves }) {
  if (!curves) return { prediction: null, target: null, largest: null, worst: null, slopes_differ: null };
  const losses = curves.map(({ here }) => here.loss ?? Infinity);
  const worst = Math.max(...losses);
  const [absolute, squared] = ['mean_absolute_error', 'mean_squared_error'].map(
    (name) => curves.find((one) => one.name === name)?.here.slope ?? NaN,
  );
  const difference = Math.abs(squared - absolute) / Math.abs(absolute);
  return {
    ...{ prediction, target, worst },
    largest: NAMES[/** @type {keyof typeof NAMES} */ (curves[losses.indexOf(worst)].name)],
    slopes_differ: difference < SAME ? 0 : difference,
  };
}

/** @param {number} index @param {number} value @param {() => void} again */
const predictionOf = (index, value, again) =>
  numeric({
    id: `losses-${index}-prediction`,
    label: t('The network says'),
    setting: PREDICTION,
    value,
    take: (prediction) => setPrediction(index, { prediction }),
    again,
  });

/** @param {import('../lesson-state.js').LossesState['curves']} curves */
const costsOf = (curves) =>
  ['mean_absolute_error', 'mean_squared_error', 'binary_cross_entropy'].map((name) => {
    const here = curves?.find((one) => one.name === name)?.here;
    return element(
      'div',
      {},
      element('dt', { class: 'has-line' }, lossName(name)),
      element('dd', {}, here ? number(here.loss) : '—'),
      element(
        'dd',
        { class: 'losses-slope' },
        t('slope {slope}', { slope: here ? number(here.slope, { sign: true }) : '—' }),
      ),
    );
  });
