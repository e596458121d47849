import { pitchOf } from '../../static/js/lib/pitch.js';
import { assert, test } from './harness.js';

test('a loss ten times smaller is an octave lower', () => {
  assert.close(pitchOf(1), 440);
  assert.close(pitchOf(0.1), 220);
  assert.close(pitchOf(0.01), 110);
  assert.close(pitchOf(10), 880);
});

test('a tone falls with the loss, never beyond what is heard', () => {
  const tones = [1e-30, 0, 1e-5, 0.003, 0.3, 0.31, 5, 70, 1e9].map((loss) => Number(pitchOf(loss)));
  assert.ok(
    tones.every((tone) => tone >= 27.5 && tone <= 1760),
    tones.join(),
  );
  const rising = tones.slice(2);
  assert.ok(
    rising.every((tone, index) => index === 0 || tone >= rising[index - 1]),
    rising.join(),
  );
  assert.ok(tones[5] > tones[4]);
});

test('where there is no loss there is no tone', () => {
  for (const loss of [null, undefined, NaN]) assert.equal(pitchOf(loss), null);
});
