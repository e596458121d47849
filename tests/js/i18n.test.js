import { createTranslator, msg, setTranslator, t, tn } from '../../static/js/lib/i18n.js';
import { assert, test } from './harness.js';

const RUSSIAN = {
  Lab: 'Лаборатория',
  'Layer {layer}': 'Слой {layer}',
  'From {before} to {after}': 'Было {before}, стало {after}',
  '{count} step': ['{count} шаг', '{count} шага', '{count} шагов'],
  '{count} step of {total}': [
    '{count} шаг из {total}',
    '{count} шага из {total}',
    '{count} шагов из {total}',
  ],
  '{count} layer': ['', '', ''],
};
const russian = createTranslator(RUSSIAN, 'ru');
const english = createTranslator({ '{count} step': ['{count} step', '{count} steps'] }, 'en');

test('a message is translated', () => {
  assert.equal(russian.t('Lab'), 'Лаборатория');
  assert.equal(russian.language, 'ru');
});

test('a message without a translation is shown in English', () => {
  assert.equal(russian.t('Weights'), 'Weights');
  assert.equal(english.t('Lab'), 'Lab');
  assert.equal(createTranslator({ Lab: '' }, 'ru').t('Lab'), 'Lab');
});

test('a message may be called as something every object has', () => {
  assert.equal(russian.t('constructor'), 'constructor');
  assert.throws(() => russian.t('{toString}'), /toString/);
});

test('values go where their names stand', () => {
  assert.equal(russian.t('Layer {layer}', { layer: 2 }), 'Слой 2');
  assert.equal(english.t('{a}, {b} and {a}', { a: 'x', b: 'y' }), 'x, y and x');
  assert.equal(english.t('{a}', { a: '{b} $& $1' }), '{b} $& $1');
});

test('numbers are written as the language writes them', () => {
  assert.equal(
    russian.t('From {before} to {after}', { before: -0.5, after: 12345 }),
    'Было −0,5, стало 12\u202f345',
  );
  assert.equal(english.t('From {before} to {after}', { before: -0.5, after: '1e3' }), 'From −0.5 to 1e3');
});

test('a placeholder without a value is an error, and other braces are text', () => {
  assert.throws(() => russian.t('Layer {layer}'), /no value for \{layer\} in “Слой \{layer\}”/);
  assert.throws(() => english.tn('{count} of {all}', '{count} of {all}', 2), /\{all\}/);
  assert.equal(english.t('a { b } {}'), 'a { b } {}');
});

for (const [count, expected] of /** @type {[number, string][]} */ ([
  [0, '0 шагов'],
  [1, '1 шаг'],
  [2, '2 шага'],
  [4, '4 шага'],
  [5, '5 шагов'],
  [11, '11 шагов'],
  [12, '12 шагов'],
  [21, '21 шаг'],
  [22, '22 шага'],
  [111, '111 шагов'],
  [1001, '1001 шаг'],
  [12000, '12\u202f000 шагов'],
  [0.5, '0,5 шага'],
])) {
  test(`in Russian one says ${expected}`, () =>
    assert.equal(russian.tn('{count} step', '{count} steps', count), expected));
}

for (const translator of [english, createTranslator({}, 'en'), createTranslator({}, 'ru')]) {
  const which = translator === english ? 'with' : 'without';
  test(`English counts are right ${which} forms in the catalog, when the page is in “${translator.language}”`, () => {
    const texts = [0, 1, 2, 11, 21].map((count) => translator.tn('{count} step', '{count} steps', count));
    assert.deepEqual(texts, ['0 steps', '1 step', '2 steps', '11 steps', '21 steps']);
  });
}

test('forms that are not translated yet are shown in English', () => {
  assert.equal(russian.tn('{count} layer', '{count} layers', 1), '1 layer');
  assert.equal(russian.tn('{count} layer', '{count} layers', 22), '22 layers');
});

test('a count may stand among other values', () => {
  const text = russian.tn('{count} step of {total}', '{count} steps of {total}', 3, { total: 10 });
  assert.equal(text, '3 шага из 10');
});

test('the functions that views import use the translator that was set', () => {
  assert.equal(t('Lab'), 'Lab');
  setTranslator(russian);
  assert.equal(t(msg('Lab')), 'Лаборатория');
  assert.equal(tn('{count} step', '{count} steps', 2), '2 шага');
  setTranslator(english);
  assert.equal(t('Lab'), 'Lab');
});
