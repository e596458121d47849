import { hereIs, statementOf } from '../../static/js/lessons/reporting.js';
import { assert, test } from './harness.js';

const NOON = '2026-11-29T12:00:00.000Z';
const LESSON = 'https://a.example/ru/lessons/one-neuron';
/** @type {import('../../static/js/lessons/reporting.js').Place} */
const PLACE = { kind: 'lesson', id: LESSON, title: 'Один нейрон', language: 'ru' };

test('a statement about a lesson names it by its address and its title', () => {
  assert.deepEqual(statementOf('initialized', PLACE, null, undefined, NOON), {
    verb: { id: 'http://adlnet.gov/expapi/verbs/initialized', display: { 'en-US': 'initialized' } },
    object: {
      objectType: 'Activity',
      id: LESSON,
      definition: { type: 'http://adlnet.gov/expapi/activities/lesson', name: { ru: 'Один нейрон' } },
    },
    context: { language: 'ru' },
    timestamp: NOON,
  });
});

test('an instrument is a simulation, at its address outside of the frame', () => {
  const place = hereIs('simulation');
  assert.ok(!/[?#]/.test(place.id) && place.id.startsWith(location.origin), place.id);
  const { object } = statementOf('initialized', place, null, undefined, NOON);
  assert.equal(object.id, place.id);
  assert.equal(object.definition.type, 'http://adlnet.gov/expapi/activities/simulation');
});

test('a statement about a question says what was answered, and of which lesson it is a part', () => {
  const made = statementOf('answered', PLACE, 'output', { success: false, response: '0,7' }, NOON);
  assert.equal(made.object.id, `${LESSON}#q-output`);
  assert.equal(made.object.definition.type, 'http://adlnet.gov/expapi/activities/question');
  assert.deepEqual(made.result, { success: false, response: '0,7' });
  assert.deepEqual(made.context.contextActivities, { parent: [{ objectType: 'Activity', id: LESSON }] });
  assert.equal('actor' in made, false);
});
