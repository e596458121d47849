/** The set-up's loss and training: what is minimised, and by which steps. All but the loss can change on the way. */

import {
  fittingLosses,
  withBatch,
  withLoss,
  withObjective,
  withOptimizer,
  withOptimizerSetting,
  withSmallBatches,
} from '../../lib/experiment.js';
import { rowOf } from '../../lib/fitting.js';
import { t } from '../../lib/i18n.js';
import { mostExamples, trainedOn } from '../../lib/measures.js';
import { settingOf } from '../../lib/setting.js';
import { field, menu, note, numeric, section, tick, told } from './controls.js';
import { change, turn } from './wanted.js';

/** @typedef {import('../../state.js').Experiment} Experiment */
/** @typedef {import('../../lib/wire.js').CatalogAnswer} Catalog */

/** Where − and + of a penalty begin. */
const PENALTY = /** @type {[number, number]} */ ([1e-4, 1]);

/** @param {'l1' | 'l2'} name @param {string} label @param {Experiment} experiment @param {() => void} again */
function penalty(name, label, experiment, again) {
  const setting = settingOf({ name, label: '', minimum: 0, scale: 'log', slider: PENALTY, default: 0.01 });
  return numeric({
    id: name,
    label,
    setting: { ...setting },
    value: experiment[name] ?? 0,
    take: (value) => turn((one) => withObjective(one, { [name]: value })),
    again,
  });
}

/** @param {Catalog} catalog @param {Experiment} experiment @param {() => void} again */
export function lossPart(catalog, experiment, again) {
  const losses = menu('loss', told(fittingLosses(catalog, experiment)), experiment.loss, (name) =>
    change((one) => withLoss(catalog, one, name)),
  );
  const reductions = [
    { name: 'mean', label: t('mean of the examples') },
    { name: 'sum', label: t('sum of the examples') },
  ];
  const reduction = menu('reduction', reductions, experiment.reduction ?? 'mean', (name) =>
    turn((one) => withObjective(one, { reduction: name })),
  );
  return section(
    t('Loss'),
    field(t('Loss function'), losses),
    field(t('Loss of a batch'), reduction),
    penalty('l1', t('L1 penalty'), experiment, again),
    penalty('l2', t('L2 penalty'), experiment, again),
  );
}

/** @param {Catalog} catalog @param {Experiment} experiment @param {() => void} again */
function optimizerSettings(catalog, { optimizer }, again) {
  const settings = rowOf(catalog.optimizers, optimizer.name)?.settings ?? [];
  return settings
    .filter(({ name }) => name !== 'learning_rate')
    .map((setting) =>
      numeric({
        id: `optimizer-${setting.name}`,
        setting,
        value: optimizer[setting.name] ?? setting.default,
        take: (value) => turn((one) => withOptimizerSetting(one, setting.name, value)),
        again,
      }),
    );
}

/** @param {Catalog} catalog @param {Experiment} experiment @param {() => void} again */
function batch(catalog, experiment, again) {
  const count = trainedOn(catalog, experiment);
  const { size, shuffle, seed } = experiment.batch;
  if (count < 2 && size === null) return [];
  const kinds = [
    { name: 'all', label: t('all examples at once') },
    { name: 'some', label: t('some at a time') },
  ];
  const kind = menu('batch-kind', kinds, size === null ? 'all' : 'some', (name) =>
    turn((one) => withSmallBatches(catalog, one, name === 'some')),
  );
  const rows = [field(t('Batch'), kind)];
  if (size === null) return rows;
  const most = Math.min(count, mostExamples(catalog, experiment));
  const sizes = settingOf({
    name: 'size',
    label: '',
    minimum: 1,
    maximum: Math.max(size, most),
    integer: true,
    slider: [1, Math.max(2, Math.min(100, most))],
    default: 10,
  });
  rows.push(
    numeric({
      id: 'batch-size',
      label: t('Examples in a batch'),
      setting: sizes,
      value: size,
      take: (value) => turn((one) => withBatch(catalog, one, { size: value })),
      again,
    }),
    tick('shuffle', t('shuffled anew each epoch'), shuffle, (isOn) =>
      turn((one) => withBatch(catalog, one, { shuffle: isOn })),
    ),
  );
  if (!shuffle) return rows;
  const seeds = settingOf({
    name: 'seed',
    label: '',
    minimum: 0,
    maximum: catalog.limits.seed,
    integer: true,
  });
  rows.push(
    numeric({
      id: 'batch-seed',
      label: t('Seed of the batches'),
      setting: seeds,
      value: seed,
      take: (value) => turn((one) => withBatch(catalog, one, { seed: value })),
      again,
    }),
  );
  return rows;
}

/** @param {Catalog} catalog @param {Experiment} experiment @param {() => void} again */
export function trainingPart(catalog, experiment, again) {
  const optimizers = menu('optimizer', told(catalog.optimizers), experiment.optimizer.name, (name) =>
    turn((one) => withOptimizer(catalog, one, name)),
  );
  return section(
    t('How it is trained'),
    field(t('Optimizer'), optimizers),
    ...optimizerSettings(catalog, experiment, again),
    ...batch(catalog, experiment, again),
    note(t('The learning rate has a place of its own, beside the picture.')),
  );
}
