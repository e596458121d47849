// @ts-check
/**
 * The API page: sends its examples, edited or not, and shows what comes back.
 *
 * Each `.try` of the page becomes a form; without this script the page is a reference with the examples as text.
 * Answers are laid out as text, never parsed into numbers: what is shown is what was sent, to the last digit.
 */

const LINE = 84; // characters of JSON that are easily taken in at once; the server breaks its examples there too
const LINES_SHOWN = 60;
const PLURAL = new Intl.NumberFormat('en');
const TOKEN = /\s*("(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s{}[\]:,"]+)/gy;

/** @typedef {{ flat: string, open: string, parts: { key: string, node: Part }[] }} Part */

/**
 * Reads JSON into nodes that keep every number and text as it was written; throws SyntaxError for what is not JSON.
 * @param {string} text
 * @returns {Part}
 */
function read(text) {
  JSON.parse(text);
  const tokens = Array.from(text.matchAll(TOKEN), (found) => found[1]);
  let next = 0;

  /** @returns {Part} */
  const value = () => {
    const open = tokens[next++];
    if (open !== '{' && open !== '[') return { flat: open, open: '', parts: [] };
    /** @type {Part['parts']} */
    const parts = [];
    const close = open === '{' ? '}' : ']';
    while (tokens[next] !== close) {
      if (tokens[next] === ',') next += 1;
      let key = '';
      if (open === '{') {
        key = `${tokens[next]}: `;
        next += 2;
      }
      parts.push({ key, node: value() });
    }
    next += 1;
    return { flat: open + parts.map((part) => part.key + part.node.flat).join(', ') + close, open, parts };
  };
  return value();
}

/**
 * Writes a node with line breaks where its lines would become long.
 * @param {Part} node
 * @returns {string}
 */
function write(node, indent = 0) {
  if (!node.open || node.flat.length + indent <= LINE) return node.flat;
  const [start, end] = ['\n' + ' '.repeat(indent + 2), '\n' + ' '.repeat(indent)];
  const isRow = node.open === '[' && node.parts.every((part) => !part.node.open);
  const parts = isRow
    ? rows(node, LINE - indent)
    : node.parts.map((part) => part.key + write(part.node, indent + 2));
  return node.open + start + parts.join(`,${start}`) + end + (node.open === '{' ? '}' : ']');
}

/**
 * Puts as many plain values in a line as fit.
 * @param {Part} node
 * @param {number} width
 */
function rows(node, width) {
  const lines = [''];
  for (const part of node.parts) {
    const last = lines[lines.length - 1];
    if (last && last.length + part.node.flat.length + 2 > width) lines.push(part.node.flat);
    else lines[lines.length - 1] = last ? `${last}, ${part.node.flat}` : part.node.flat;
  }
  return lines;
}

/**
 * Returns JSON as it is read easily, anything else as it is.
 * @param {string} text
 */
function pretty(text) {
  try {
    return write(read(text));
  } catch {
    return text;
  }
}

/** @param {string} text */
const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/**
 * Returns the command that sends a body from a terminal.
 * @param {string} path
 * @param {string | undefined} body
 */
function command(path, body) {
  const address = `curl ${location.origin}${path}`;
  if (body === undefined) return address;
  let short = body;
  try {
    short = read(body).flat;
  } catch {
    // what is not JSON is sent as it was typed, here too
  }
  return `${address} -H 'Content-Type: application/json' -d ${quoted(short)}`;
}

/** @param {number} bytes */
const size = (bytes) => (bytes < 2000 ? `${bytes} bytes` : `${PLURAL.format(Math.round(bytes / 1000))} kB`);

/**
 * Returns the sentences of a refusal, each with its field, if that is what the text is.
 * @param {string} text
 * @returns {{ where: string, sentence: string }[]}
 */
function problems(text) {
  try {
    /** @type {{ detail: { loc: (string | number)[], msg: string }[] }} */
    const { detail } = JSON.parse(text);
    return detail.map(({ loc, msg }) => ({ where: loc.join(' › '), sentence: msg }));
  } catch {
    return [];
  }
}

/** One endpoint's form. */
class Trial {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.method = root.dataset.method ?? 'GET';
    this.path = root.dataset.path ?? '';
    this.form = /** @type {HTMLFormElement} */ (root.querySelector('form'));
    this.body = root.querySelector('textarea');
    this.select = root.querySelector('select');
    this.status = this.part('.try-status');
    this.output = this.part('.try-answer .code');
    this.note = this.part('.try-note');
    this.all = this.part('.try-all');
    this.download = /** @type {HTMLAnchorElement} */ (this.part('.try-download'));
    this.sending = new AbortController();
    this.start();
  }

  /** @param {string} selector */
  part(selector) {
    return /** @type {HTMLElement} */ (this.root.querySelector(selector));
  }

  start() {
    const [shown, ...others] = this.root.querySelectorAll('.command');
    this.command = /** @type {HTMLElement} */ (shown);
    this.command.ariaLabel = `Command for ${this.path}`;
    for (const other of [...others, ...this.root.querySelectorAll('.example')])
      other.setAttribute('hidden', '');
    this.form.hidden = false;
    this.part('.try-copy').hidden = false;
    this.select?.addEventListener('change', () => this.choose());
    this.body?.addEventListener('input', () => this.tell());
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.send();
    });
    this.part('.try-copy').addEventListener('click', () => this.copy());
    this.choose();
  }

  /** Puts the chosen example into the text field. */
  choose() {
    if (this.body && this.select) {
      const example = this.root.querySelector(`[data-example="${CSS.escape(this.select.value)}"] pre`);
      this.body.value = example?.textContent ?? '';
    }
    this.tell();
  }

  /** Keeps the command the same as the form. */
  tell() {
    if (this.command) this.command.textContent = command(this.path, this.body?.value);
    this.part('.try-copied').textContent = '';
  }

  async send() {
    this.sending.abort();
    this.sending = new AbortController();
    const { signal } = this.sending;
    this.status.className = 'try-status';
    this.status.textContent = 'Sending…';
    const start = performance.now();
    try {
      const answer = await fetch(this.path, {
        method: this.method,
        body: this.body?.value,
        headers: { 'Accept-Language': 'en', ...(this.body ? { 'Content-Type': 'application/json' } : {}) },
        signal,
      });
      const content = await answer.blob();
      const milliseconds = Math.round(performance.now() - start);
      const text = await content.text();
      if (signal.aborted) return;
      this.status.textContent = `${answer.status} ${answer.statusText} · ${milliseconds} ms · ${size(content.size)}`;
      this.status.classList.toggle('is-refused', !answer.ok);
      this.show(text, content, answer.ok ? [] : problems(text));
    } catch {
      if (signal.aborted) return;
      this.status.classList.add('is-refused');
      this.status.textContent = 'The server did not answer. What you typed is kept; try again in a moment.';
    }
  }

  /**
   * @param {string} text
   * @param {Blob} content
   * @param {{ where: string, sentence: string }[]} found
   */
  show(text, content, found) {
    const list = this.part('.try-problems');
    list.replaceChildren(...found.map(listed));
    list.hidden = found.length === 0;
    const laidOut = pretty(text);
    const lines = laidOut.split('\n');
    const isLong = lines.length > LINES_SHOWN;
    this.output.textContent = isLong ? [...lines.slice(0, LINES_SHOWN), '…'].join('\n') : laidOut;
    this.note.textContent = isLong ? `The first ${LINES_SHOWN} of ${PLURAL.format(lines.length)} lines.` : '';
    this.all.hidden = !isLong;
    this.all.onclick = () => {
      this.output.textContent = laidOut;
      this.note.textContent = '';
      this.all.hidden = true;
      this.output.focus();
    };
    URL.revokeObjectURL(this.download.href);
    this.download.href = URL.createObjectURL(content);
    this.part('.try-answer').hidden = false;
  }

  /** Copies the command; where the browser does not let us, it is selected, ready to be copied by hand. */
  async copy() {
    const said = this.part('.try-copied');
    if (!this.command) return;
    try {
      await navigator.clipboard.writeText(this.command.textContent ?? '');
      said.textContent = 'Copied';
    } catch {
      getSelection()?.selectAllChildren(this.command);
      said.textContent = 'Selected: now press Ctrl+C';
    }
  }
}

/** @param {{ where: string, sentence: string }} problem */
function listed({ where, sentence }) {
  const item = document.createElement('li');
  const place = document.createElement('code');
  place.textContent = where;
  item.append(place, sentence);
  return item;
}

for (const root of document.querySelectorAll('.try')) new Trial(/** @type {HTMLElement} */ (root));
