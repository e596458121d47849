/**
 * What the health of a network comes to, in sentences: of units, of layers, and of the network as a whole.
 *
 * @typedef {import('./findings.js').Finding} Finding
 * @typedef {import('./findings.js').Gradient} Gradient
 * @typedef {import('./findings.js').Revival} Revival
 * @typedef {import('./wire.js').NetworkHealthAnswer} NetworkHealth
 * @typedef {import('./wire.js').HealthRulesAnswer} Rules
 */

import { count, number } from './format.js';
import { t, tn } from './i18n.js';

/** @param {number} share */
const percent = (share) => number(100 * share, { digits: 2 });

/** What an illness of units does. @param {Finding[]} found  all of one kind @returns {string[]} */
export function unitWords(found) {
  const times = found.length;
  switch (found[0].state) {
    case 'saturated':
      return [
        tn(
          'For nearly all examples it sits at an end of its function, where the curve is flat: hardly any gradient gets through.',
          'For nearly all examples they sit at an end of their function, where the curve is flat: hardly any gradient gets through.',
          times,
        ),
      ];
    case 'dead':
      return [
        tn(
          'Its slope is 0 for every training example: no gradient reaches the weights into it.',
          'Their slope is 0 for every training example: no gradient reaches the weights into them.',
          times,
        ),
        ...REVIVALS.flatMap((one) => {
          const own = found.filter(({ revival }) => revival === one).length;
          if (own === 0) return [];
          return [times === 1 ? revivalOfOne(one) : revivalWords(one, own)];
        }),
      ];
    default:
      return [
        t(
          'They have the same weights, in and out, so they get the same gradients: gradient descent cannot tell them apart.',
        ),
      ];
  }
}

/** @type {Revival[]} */
const REVIVALS = ['layers', 'penalty', null];

/** What may bring the only dead unit back. @param {Revival} revival */
export function revivalOfOne(revival) {
  if (revival === 'layers')
    return t('It may come back by itself: the layers before it go on learning, and change what it gets.');
  return revival === 'penalty'
    ? t('It may come back: the penalty goes on shrinking weights, and that changes its sums.')
    : t('As far as gradients go it stays dead: they change nothing that its sums are made of.');
}

/** What may bring some of the dead units back. @param {Revival} revival @param {number} times */
export function revivalWords(revival, times) {
  switch (revival) {
    case 'layers':
      return tn(
        '{count} may come back by itself: the layers before it go on learning, and change what it gets.',
        '{count} may come back by themselves: the layers before them go on learning, and change what they get.',
        times,
      );
    case 'penalty':
      return tn(
        '{count} may come back: the penalty goes on shrinking weights, and that changes its sums.',
        '{count} may come back: the penalty goes on shrinking weights, and that changes their sums.',
        times,
      );
    default:
      return tn(
        'As far as gradients go, {count} stays dead: they change nothing that its sums are made of.',
        'As far as gradients go, {count} stay dead: they change nothing that their sums are made of.',
        times,
      );
  }
}

/** Whether a layer is ill for what its gradient promises, and not for another one's. @param {Gradient} gradient @param {Rules} rules */
const isFlat = ({ state, norm, relative }, { flat_gradient }) =>
  state === 'vanishing' && norm !== 0 && relative !== null && relative < flat_gradient;

/** What is wrong with the gradients of all layers; those that hardly learn are told together. @param {Gradient[]} all @param {Rules} rules @returns {string[]} */
export function gradientWords(all, rules) {
  const flat = all.flatMap((one, layer) => (isFlat(one, rules) ? [layer] : []));
  const together =
    flat.length > 1
      ? [
          t(
            '↓ Layers {layers} hardly learn: even for a move as large as their weights, no gradient of theirs promises more than {share} % of what is left of the loss.',
            {
              layers: flat.map((layer) => layer + 1).join(', '),
              share: percent(Math.max(...flat.map((layer) => all[layer].relative ?? 0))),
            },
          ),
        ]
      : [];
  const alone = all.flatMap((one, layer) => {
    const words = flat.length > 1 && flat.includes(layer) ? null : layerWords(one, layer, all, rules);
    return words === null ? [] : [words];
  });
  return [...together, ...alone];
}

/** What is wrong with the gradient of a layer; null: nothing. @param {Gradient} gradient @param {number} layer  from 0 @param {Gradient[]} all @param {Rules} rules */
export function layerWords({ state, norm, relative }, layer, all, rules) {
  const values = { layer: layer + 1 };
  if (state === null) return null;
  if (state === 'exploding') {
    if (norm === null)
      return t('↑ The gradient of layer {layer} has grown beyond what a number can hold.', values);
    const far = number(rules.usual_rate * norm, { digits: 3 });
    return t('↑ Layer {layer}: at a rate of {rate}, one step would move its weights by {far}.', {
      ...values,
      rate: number(rules.usual_rate),
      far,
    });
  }
  if (norm === 0)
    return t('↓ Layer {layer} gets no gradient at all: it stands still while another learns.', values);
  if (isFlat({ state, norm, relative }, rules))
    return t(
      '↓ Layer {layer} hardly learns: even for a move as large as its weights, its gradient promises at most {share} % of what is left of the loss.',
      { ...values, share: percent(relative ?? 0) },
    );
  const longest = Math.max(...all.map((one) => one.norm ?? 0));
  return t(
    '↓ Layer {layer} gets a gradient {times} times shorter than another: at one rate for both it hardly moves.',
    { ...values, times: number(longest / (norm ?? 1), { digits: 2 }) },
  );
}

/** How the network as a whole stands: in a word or two, and why; null where its numbers no longer fit. @param {NetworkHealth | null} network @returns {{value: string, words: string | null} | null} */
export function networkWords(network) {
  if (network === null || network.data_loss === null) return null;
  const values = {
    loss: number(network.data_loss),
    least: number(network.least_loss),
    constant: number(network.constant_loss),
  };
  switch (network.state) {
    case 'learnt':
      return {
        value: t('has learnt'),
        words: t(
          'Its loss, {loss}, is next to the lowest that any answers could have, {least}. With one answer for all examples it would be {constant} at best.',
          values,
        ),
      };
    case 'plateau':
      return {
        value: t('on a plateau'),
        words: t(
          'All its gradients are next to nothing, and its loss, {loss}, is no better than the {constant} of one answer for all examples. Getting off such a plateau may take very many steps, or another start.',
          values,
        ),
      };
    case 'still':
      return {
        value: t('stands still'),
        words: t(
          'All its gradients are next to nothing, at a loss of {loss}. Whether this is the lowest place or a plateau, gradients alone do not say.',
          values,
        ),
      };
    default:
      return { value: t('has gradients to learn from'), words: null };
  }
}

/** What of the targets the output can never give. @param {NetworkHealth['unreachable']} unreachable */
export function unreachableWords(unreachable) {
  if (unreachable === null) return null;
  const { count: beyond, total, lowest, highest, farthest } = unreachable;
  const values = {
    beyond: count(beyond),
    total: count(total),
    low: number(lowest),
    high: number(highest),
    farthest: number(farthest),
  };
  // Within the range it is the sum of an example's targets that cannot be.
  if (lowest !== null && highest !== null && farthest >= lowest && farthest <= highest)
    return t('The outputs always add up to 1; the targets of an example add up to {farthest}.', values);
  if (highest === null)
    return t(
      'The output cannot go below {low}. Of the targets ({total}), {beyond} do, the farthest to {farthest}: with this last activation they are never reached.',
      values,
    );
  return t(
    'The output stays between {low} and {high}. Of the targets ({total}), {beyond} lie beyond, the farthest at {farthest}: with this last activation they are never reached.',
    values,
  );
}

/** The engine's own rules. @param {Rules} rules */
export function ruleWords(rules) {
  const exact = (/** @type {number} */ share) => number(100 * share, { digits: 3 });
  return [
    t(
      'Saturated: for at least {share} % of the training examples the slope is under {slope} of the steepest.',
      { share: exact(rules.saturated_share), slope: number(rules.saturated_slope) },
    ),
    t(
      'Dead: the slope is 0 for all of them. Alike: another unit has the same weights, in and out, to the bit.',
    ),
    t(
      'Vanishing: the gradient’s length is under {share} of the longest layer’s; or times the length of the layer’s weights (at least the root of the number of its units) it is under {flat} % of what is left of the loss. Exploding: it is over {norm}.',
      {
        share: number(rules.vanishing_share),
        flat: exact(rules.flat_gradient),
        norm: count(rules.exploding_norm),
      },
    ),
    t(
      'Plateau: all layers are under those {flat} %, and the loss has come less than {nothing} % of the way from one answer for all examples to the lowest there could be. Learnt: at least {all} % of that way.',
      {
        flat: exact(rules.flat_gradient),
        nothing: exact(rules.nothing_learnt),
        all: exact(1 - rules.all_learnt),
      },
    ),
  ];
}
