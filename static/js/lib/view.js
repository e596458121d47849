/**
 * What a view is: pure functions from the state to a figure, and to a sentence that says it.
 *
 * A view touches no document, store, network or Plotly; `mount.js` does, for all of them.
 *
 * @typedef {{paper: string, panel: string, soft: string, ink: string, muted: string, line: string,
 *   positive: string, negative: string, back: string, mark: string, markEdge: string}} Colours
 * @typedef {{width: number, height: number, isNarrow: boolean, colours: Colours, font: string}} Frame
 * @typedef {{data: object[], layout: Record<string, any>}} Figure
 */

/**
 * @template Slice
 * @typedef {{name: string, select: (state: import('../state.js').State) => Slice | null,
 *   figure: (slice: Slice, frame: Frame) => Figure, describe: (slice: Slice) => string}} View
 */

export {};
