/** The set-up's first part: which examples, how many, how noisy, what is made of them, what is held out. */

import { element } from '../../dom.js';
import {
  featuresOf,
  withDataSetting,
  withDataset,
  withFeature,
  withTestFraction,
} from '../../lib/experiment.js';
import { featureName } from '../../lib/feature-names.js';
import { tn, t } from '../../lib/i18n.js';
import { datasetRow, mostExamples, rawInputs, samplesOf } from '../../lib/measures.js';
import { atMost, settingOf } from '../../lib/setting.js';
import { field, menu, note, numeric, section, tick, told } from './controls.js';
import { change } from './wanted.js';

/** @typedef {import('../../state.js').Experiment} Experiment */
/** @typedef {import('../../lib/wire.js').CatalogAnswer} Catalog */
/** @typedef {import('../../lib/wire.js').SettingAnswer} Setting */

/** @param {Catalog} catalog @param {Experiment} experiment */
function datasets(catalog, { data }) {
  const of = (/** @type {string} */ task) => told(catalog.datasets.filter((row) => row.task === task));
  const groups = new Map([
    [t('Classes to tell apart'), of('classification')],
    [t('Values to predict'), of('regression')],
  ]);
  if (data.dataset === undefined) groups.set('', [{ name: '', label: t('Own data') }]);
  const select = menu('dataset', groups, data.dataset ?? '', (name) => {
    if (name !== '') change((one) => withDataset(catalog, one, name));
  });
  return field(t('Data set'), select);
}

/** What can be tuned of a data set. @param {Catalog} catalog @param {Experiment} experiment @returns {Setting[]} */
function settingsOf(catalog, experiment) {
  const row = datasetRow(catalog, experiment.data);
  if (!row) return [];
  const { size } = experiment.batch;
  const most = mostExamples(catalog, experiment);
  const samples = size === null || size > most ? atMost(row.samples, most) : row.samples;
  return [
    ...(row.is_fixed ? [] : [samples]),
    ...row.settings,
    ...(row.noise.maximum === 0 ? [] : [row.noise]),
  ];
}

/** @param {Catalog} catalog @param {Experiment} experiment @param {() => void} again */
function numbers(catalog, experiment, again) {
  const { data } = experiment;
  const settings = settingsOf(catalog, experiment);
  const own = settings.map((setting) =>
    numeric({
      id: `data-${setting.name}`,
      setting,
      value: data[setting.name] ?? setting.default,
      take: (value) => change((one) => withDataSetting(catalog, one, setting.name, value)),
      again,
    }),
  );
  if (settings.length === 0) return own;
  const seed = settingOf({
    name: 'seed',
    label: '',
    minimum: 0,
    maximum: catalog.limits.seed,
    integer: true,
    default: 0,
  });
  return [
    ...own,
    numeric({
      id: 'data-seed',
      label: t('Seed of the data'),
      setting: seed,
      value: data.seed ?? 0,
      take: (value) => change((one) => withDataSetting(catalog, one, 'seed', value)),
      again,
    }),
  ];
}

/** Percents are what one says; the experiment holds a fraction. */
const PERCENT = 100;

/** @param {Catalog} catalog @param {Experiment} experiment @param {() => void} again */
function heldOut(catalog, experiment, again) {
  if (samplesOf(catalog, experiment.data) < 2) return [];
  const setting = settingOf({
    name: 'test_fraction',
    label: '',
    minimum: 0,
    maximum: PERCENT,
    exclusive_maximum: true,
    slider: [0, PERCENT / 2],
    default: 20,
  });
  return [
    numeric({
      id: 'held-out',
      label: t('Held out for testing, %'),
      setting,
      value: Number(((experiment.test_fraction ?? 0) * PERCENT).toPrecision(12)),
      take: (value) =>
        change((one) => withTestFraction(catalog, one, Number((value / PERCENT).toPrecision(14)))),
      again,
    }),
  ];
}

/** @param {Catalog} catalog @param {Experiment} experiment */
function features(catalog, experiment) {
  if (experiment.data.dataset === undefined || rawInputs(catalog, experiment.data) !== 2) return [];
  const chosen = featuresOf(catalog, experiment);
  const ticks = catalog.features.map((name, index) => {
    const isOn = chosen.includes(name);
    const isLast = isOn && chosen.length === 1; // a network needs an input
    return tick(
      `feature-${index}`,
      featureName(name),
      isOn,
      (isTicked) => change((one) => withFeature(catalog, one, name, isTicked)),
      isLast ? { disabled: '' } : {},
    );
  });
  return [
    element(
      'fieldset',
      { class: 'features' },
      element('legend', {}, t('Inputs of the network')),
      element('div', { class: 'ticks' }, ...ticks),
      note(t('Made of x₁ and x₂ before the first layer: with x₁² and x₂², one neuron can draw a circle.')),
    ),
  ];
}

/** @param {Catalog} catalog @param {Experiment} experiment @param {() => void} again */
export function dataPart(catalog, experiment, again) {
  const row = datasetRow(catalog, experiment.data);
  const count = samplesOf(catalog, experiment.data);
  const own = tn(
    '{count} example that came with the link or file.',
    '{count} examples that came with the link or file.',
    count,
  );
  return section(
    t('Data'),
    datasets(catalog, experiment),
    note(row ? t(row.description) : own),
    ...numbers(catalog, experiment, again),
    ...heldOut(catalog, experiment, again),
    ...features(catalog, experiment),
  );
}
