/**
 * What a view is: pure functions from the state to a figure, to a sentence that says it, and to its numbers.
 *
 * A view touches no document, store, network or Plotly; `mount.js` does, for all of them. What can be asked about
 * carries a `Pick`: a point as its `customdata`, an annotation as its `name` (in JSON), a row of the table as `pick`;
 * its `term` is the name of the number, as `key` in walk.js makes it.
 *
 * @typedef {import('../state.js').Pinned} Pinned
 * @typedef {{pin: Pinned, term?: string} | {example: number} | {step: number, branch?: number} | {path: number}} Pick  what a click chooses
 *
 * @typedef {{paper: string, panel: string, soft: string, ink: string, muted: string, line: string,
 *   positive: string, negative: string, back: string, mark: string, markEdge: string, branches: string[],
 *   zones: Record<import('./zones.js').Zone, string>, map: string[]}} Colours  `map`: from the lowest to the highest
 * @typedef {{width: number, height: number, isNarrow: boolean, colours: Colours, font: string}} Frame
 *
 * @typedef {{columns: number, rows: number, pixels: Uint8ClampedArray}} Picture  RGBA, from the top left
 * @typedef {{x: number, y: number, width: number, height: number, isRound: boolean, isSharp?: boolean, picture: Picture}} Tile
 *   a small picture painted behind the plot: its box, in pixels of the plot; sharp: its pixels are to be seen
 * @typedef {{x: number, y: number, width: number, height: number}} Rectangle
 * @typedef {{pieces: number[][], colour: string, width: number, dash?: number[], opacity?: number, box: Rectangle | null}} Stroke
 *   a line painted over the tiles: pieces of x, y, x, y …, in pixels of the plot, cut off at the box
 * @typedef {{x: number, y: number, radius: number, fill: string, edge: string, width: number, text?: string, ink?: string}} Mark
 *   a disc painted over them, with a letter or a number in it; of no radius: words alone, with a border
 * @typedef {{data: object[], layout: Record<string, any>, tiles?: Tile[], strokes?: Stroke[], marks?: Mark[],
 *   isSolid?: boolean, shape?: string, facts?: Facts}} Figure
 *   solid: in three dimensions; what the browser needs for that is given back when the figure is not seen any more.
 *   A figure of another shape is made anew, where Plotly does not change one into the other;
 *   facts: what of it depends on its size, counted as it was drawn, for its caption
 * @typedef {Record<string, number | boolean>} Facts
 *
 * @typedef {{cells: (string | number | null)[], pick?: Pick}} TableRow  the first cell names the row
 * @typedef {{columns: string[], rows: TableRow[]}} Table
 */

/**
 * @template Slice
 * @typedef {{name: string, select: (state: any) => Slice | null,
 *   figure: (slice: Slice, frame: Frame) => Figure, describe: (slice: Slice, facts?: Facts) => string,
 *   table?: (slice: Slice) => Table}} View
 *   `describe` gets the facts of the figure as it stands on the page; without them it says nothing that depends on them
 */

export {};
