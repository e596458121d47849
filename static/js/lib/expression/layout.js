/**
 * Where the nodes of a formula stand: in layers, each as near to what it goes into as can be, so that weights hang
 * beside the operations that use them. A long edge keeps a place of its own in every layer it crosses.
 *
 * Positions are in units of a row; `along` is the layer, `across` the place in it.
 *
 * @typedef {import('../wire.js').NodeAnswer} FormulaNode
 * @typedef {{along: number, across: number}} Place
 * @typedef {{from: number, to: number, input: number, bends: Place[], twin: number}} Edge  `to` is the operation;
 *   `twin` is −1 or 1 where two edges join the same two nodes, else 0
 * @typedef {{nodes: FormulaNode[], places: Place[], edges: Edge[], layers: number, rows: number}} Layout  `nodes` as
 *   they are drawn: a number stands at each place where it is used
 * @typedef {{edge: number | null, node: number | null, wanted: number[], across: number}} Item  a node, or an edge
 *   that passes
 * @typedef {{start: number, offsets: number[], items: Item[], wishes: number[],
 *   weights: number[]}} Group  items that touch each other
 */

/** An edge that only passes needs less room than a node. */
const ROOM_OF_AN_EDGE = 0.55;
/** How much more an operation, or an edge that passes, keeps its place than a value that hangs beside it. */
const WEIGHT = 1000;

/** @param {FormulaNode[]} formula @returns {Layout} */
export function layOut(formula) {
  const nodes = drawn(formula);
  const layerOf = layersOf(nodes);
  const layers = Math.max(...layerOf) + 1;
  const edges = edgesOf(nodes);
  const items = itemsOf(nodes, edges, layerOf, layers);
  for (let layer = layers - 1; layer >= 0; layer -= 1) {
    settle(items[layer], nodes);
    if (layer > 0) wish(items, layer, nodes, edges, layerOf);
  }
  const all = items.flat();
  const least = Math.min(...all.map(({ across }) => across));
  const rows = Math.max(...all.map(({ across }) => across)) - least + 1;
  const places = nodes.map((_, id) => ({
    along: layerOf[id],
    across: itemOf(items[layerOf[id]], id, null).across - least,
  }));
  const bent = edges.map((edge, index) => ({
    ...edge,
    bends: range(layerOf[edge.from] + 1, layerOf[edge.to]).map((layer) => ({
      along: layer,
      across: itemOf(items[layer], null, index).across - least,
    })),
  }));
  return { nodes, places, edges: bent, layers, rows };
}

/** The nodes with a copy of a number, at the end, for each further place where it is used. @param {FormulaNode[]} formula @returns {FormulaNode[]} */
function drawn(formula) {
  const used = new Set();
  /** @type {FormulaNode[]} */
  const copies = [];
  const own = (/** @type {number} */ place) => {
    if (formula[place].operation !== 'number' || !used.has(place)) {
      used.add(place);
      return place;
    }
    copies.push({ ...formula[place], id: formula.length + copies.length });
    return formula.length + copies.length - 1;
  };
  const nodes = formula.map((node) => ({ ...node, inputs: node.inputs.map(own) }));
  return [...nodes, ...copies];
}

/** @param {number} from @param {number} to */
const range = (from, to) => Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);

/** The layer of each node: just before the earliest that it goes into. @param {FormulaNode[]} nodes */
function layersOf(nodes) {
  const last = Math.max(...nodes.map(({ depth }) => depth));
  const layers = nodes.map(() => last);
  for (const { id, inputs } of nodes.toReversed())
    for (const input of inputs) layers[input] = Math.min(layers[input], layers[id] - 1);
  return layers;
}

/** @param {FormulaNode[]} nodes @returns {Edge[]} */
const edgesOf = (nodes) =>
  nodes.flatMap(({ id, inputs }) =>
    inputs.map((from, input) => {
      const isTwin = inputs.length === 2 && inputs[0] === inputs[1];
      return { from, to: id, input, bends: [], twin: isTwin ? 2 * input - 1 : 0 };
    }),
  );

/** @param {FormulaNode[]} nodes @param {Edge[]} edges @param {number[]} layerOf @param {number} layers @returns {Item[][]} */
function itemsOf(nodes, edges, layerOf, layers) {
  /** @type {Item[][]} */
  const items = Array.from({ length: layers }, () => []);
  for (const { id } of nodes) items[layerOf[id]].push({ node: id, edge: null, wanted: [], across: 0 });
  for (const [index, { from, to }] of edges.entries())
    for (const layer of range(layerOf[from] + 1, layerOf[to]))
      items[layer].push({ node: null, edge: index, wanted: [], across: 0 });
  return items;
}

/** @param {Item[]} items @param {number | null} node @param {number | null} edge */
const itemOf = (items, node, edge) =>
  /** @type {Item} */ (items.find((one) => one.node === node && one.edge === edge));

/** Say what the layer before wants: to be level with what it goes into, two side by side. @param {Item[][]} items @param {number} layer @param {FormulaNode[]} nodes @param {Edge[]} edges @param {number[]} layerOf */
function wish(items, layer, nodes, edges, layerOf) {
  for (const [index, edge] of edges.entries()) {
    if (layerOf[edge.to] < layer || layerOf[edge.from] >= layer) continue;
    const isNext = layerOf[edge.to] === layer;
    const ahead = isNext ? itemOf(items[layer], edge.to, null) : itemOf(items[layer], null, index);
    const isNode = layerOf[edge.from] === layer - 1;
    const before = isNode ? itemOf(items[layer - 1], edge.from, null) : itemOf(items[layer - 1], null, index);
    before.wanted.push(ahead.across + (isNext ? offsetOf(edge, nodes, items[layer]) : 0));
  }
}

/**
 * Where an input stands beside its operation: of two of a kind one above the other; what is computed goes straight on,
 * and what is given hangs beside it, below, or above where the operation is the upper of several.
 * @param {Edge} edge @param {FormulaNode[]} nodes @param {Item[]} operations  those of its layer
 */
function offsetOf({ to, input }, nodes, operations) {
  const { inputs } = nodes[to];
  if (inputs.length === 1 || inputs[0] === inputs[1]) return 0;
  const isComputed = inputs.map((place) => nodes[place].inputs.length > 0);
  if (isComputed[0] === isComputed[1]) return input - 0.5;
  if (isComputed[input]) return 0;
  const computed = inputs[1 - input];
  const own = itemOf(operations, to, null).across;
  const isUpper = operations.some(
    ({ node, across }) => node !== null && across > own && nodes[node].inputs.includes(computed),
  );
  return isUpper ? -0.5 : 0.5;
}

/** @param {number[]} numbers */
const sumOf = (numbers) => numbers.reduce((sum, one) => sum + one, 0);

/** @param {number[]} numbers */
const meanOf = (numbers) => sumOf(numbers) / Math.max(1, numbers.length);

/** Give each item of a layer a place as near to its wish as the others allow. @param {Item[]} items @param {FormulaNode[]} nodes */
function settle(items, nodes) {
  const sorted = items
    .map((item) => ({ item, wish: meanOf(item.wanted) }))
    .sort((one, other) => one.wish - other.wish);
  /** Items that touch each other move together. @type {Group[]} */
  const groups = [];
  for (const { item, wish } of sorted) {
    const weight = item.node !== null && nodes[item.node].inputs.length === 0 ? 1 : WEIGHT;
    groups.push({ start: wish, offsets: [0], items: [item], wishes: [wish], weights: [weight] });
    while (groups.length > 1 && isTouching(groups[groups.length - 2], groups[groups.length - 1]))
      join(groups);
  }
  for (const { start, offsets, items: own } of groups)
    own.forEach((item, index) => {
      item.across = start + offsets[index];
    });
}

/** @param {Item} one @param {Item} other */
const gap = (one, other) => (one.node === null || other.node === null ? ROOM_OF_AN_EDGE : 1);

/** @param {Group} one @param {Group} other */
function isTouching(one, other) {
  const end = one.start + one.offsets[one.offsets.length - 1];
  return end + gap(one.items[one.items.length - 1], other.items[0]) > other.start + 1e-9;
}

/** Make the last two groups one, at the mean of what its items want. @param {Group[]} groups */
function join(groups) {
  const other = /** @type {Group} */ (groups.pop());
  const one = groups[groups.length - 1];
  const from = one.offsets[one.offsets.length - 1] + gap(one.items[one.items.length - 1], other.items[0]);
  one.offsets.push(...other.offsets.map((offset) => offset + from));
  one.items.push(...other.items);
  one.wishes.push(...other.wishes);
  one.weights.push(...other.weights);
  const pulls = one.wishes.map((wish, index) => one.weights[index] * (wish - one.offsets[index]));
  one.start = sumOf(pulls) / sumOf(one.weights);
}
