/** Points that neurons are to part. */

/** @typedef {import('../lesson-state.js').Points} Points */

/** Points to part: two groups that a line can part, and the four corners that none can. @type {Record<string, Points>} */
export const POINTS = {
  groups: {
    name: 'groups',
    inputs: [
      [1, 2],
      [2, 1.5],
      [2.5, 2.5],
      [3, 1],
      [-1, 0.5],
      [0, -1],
      [-0.5, -2],
      [0.5, 0.25],
    ],
    targets: [1, 1, 1, 1, 0, 0, 0, 0],
  },
  xor: {
    name: 'xor',
    inputs: [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ],
    targets: [0, 1, 1, 0],
  },
};
