/** Pictures of eight by eight dots that can be put at once: # is black, + grey, . white. */

/** @type {Record<string, string[]>} */
export const STAMPS = {
  dog: ['........', '.+#....#', '###....#', '.+#####.', '..#####.', '..#####.', '..#...#.', '..#...#.'],
  cat: ['#..#....', '####....', '#+#+..#.', '####...#', '.###...#', '.######.', '.######.', '.#.##.#.'],
  dust: ['........', '........', '.....#..', '........', '........', '........', '........', '........'],
  blank: Array.from({ length: 8 }, () => '........'),
};

/** @type {Record<string, number>} */
const SHADES = { '#': 0, '+': 128, '.': 255 };

/** @param {string} name @returns {number[][]} */
export const pictureOf = (name) => STAMPS[name].map((row) => [...row].map((dot) => SHADES[dot]));
