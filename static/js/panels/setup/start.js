/** The set-up's start: the first weights, as written in the example or drawn in some way from a seed. */

import { element } from '../../dom.js';
import { withInitializer, withInitializerSetting, withSeed } from '../../lib/experiment.js';
import { rowOf } from '../../lib/fitting.js';
import { t } from '../../lib/i18n.js';
import { settingOf } from '../../lib/setting.js';
import { field, menu, numeric, section, told } from './controls.js';
import { change } from './wanted.js';

/** @typedef {import('../../state.js').Experiment} Experiment */
/** @typedef {import('../../lib/wire.js').CatalogAnswer} Catalog */

const WRITTEN = 'as written';

/** @param {Catalog} catalog @param {Experiment} experiment */
function initializers(catalog, { parameters, initializer }) {
  const written = parameters ? [{ name: WRITTEN, label: t('As written in the example') }] : [];
  const rows = [...written, ...told(catalog.initializers)];
  const chosen = parameters ? WRITTEN : (initializer?.name ?? '');
  const select = menu('initializer', rows, chosen, (name) => {
    if (name !== WRITTEN) change((one) => withInitializer(one, name));
  });
  return field(t('First weights'), select);
}

/** Written-out weights can be drawn instead; the next seed is then the first. */
function drawOthers() {
  const button = element('button', { type: 'button', class: 'button', id: 'seed-up' }, t('Draw others'));
  button.addEventListener('click', () =>
    change((one) => withSeed(one, one.parameters ? 1 : (one.initializer?.seed ?? 0) + 1)),
  );
  return button;
}

/** @param {Catalog} catalog @param {Experiment} experiment @param {() => void} again */
export function startPart(catalog, experiment, again) {
  const { parameters, initializer } = experiment;
  if (parameters) return section(t('Start'), initializers(catalog, experiment), drawOthers());
  const settings = rowOf(catalog.initializers, initializer?.name ?? '')?.settings ?? [];
  const own = settings.map((setting) =>
    numeric({
      id: `initializer-${setting.name}`,
      setting,
      value: initializer?.[setting.name] ?? setting.default,
      take: (value) => change((one) => withInitializerSetting(one, setting.name, value)),
      again,
    }),
  );
  const seeds = settingOf({
    name: 'seed',
    label: '',
    minimum: 0,
    maximum: catalog.limits.seed,
    integer: true,
  });
  const seed = numeric({
    id: 'seed',
    label: t('Seed of the weights'),
    setting: seeds,
    value: initializer?.seed ?? 0,
    take: (value) => change((one) => withSeed(one, value)),
    again,
  });
  return section(t('Start'), initializers(catalog, experiment), seed, ...own);
}
