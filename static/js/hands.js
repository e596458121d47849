/** What fingers, pens and wheels do over a figure: a swipe or a wheel moves the page, and is no press. */

/** How many pixels a finger may move and still press. */
const SLOP = 10;
/** Pixels to the side from which on a finger drags. */
const DRAGGED = 4;
/** What a wheel gives for a pinch to twice the distance. */
const PINCH = 400;

/**
 * Tell presses from swipes over a plot: a click that ends a swipe is kept from everybody, and `isSwipe` says so to
 * who hears of it in another way. To be called before anything else listens to the plot.
 * @param {HTMLElement} plot
 */
export function presses(plot) {
  let isSwipe = false;
  /** @type {{x: number, y: number} | null} */
  let down = null;
  plot.addEventListener(
    'pointerdown',
    ({ isPrimary, pointerType, clientX, clientY }) => {
      isSwipe = !isPrimary;
      down = pointerType === 'mouse' ? null : { x: clientX, y: clientY };
    },
    { capture: true },
  );
  // On the window: what was pressed may be redrawn meanwhile, and then hears no end.
  addEventListener('pointermove', ({ clientX, clientY }) => {
    if (down && Math.hypot(clientX - down.x, clientY - down.y) > SLOP) isSwipe = true;
  });
  addEventListener('pointercancel', () => {
    if (down) isSwipe = true;
    down = null;
  });
  addEventListener('pointerup', () => {
    down = null;
  });
  // Plotly makes a click of its own when a finger is lifted, also of one that has scrolled the page.
  plot.addEventListener('click', (event) => isSwipe && event.stopImmediatePropagation(), { capture: true });
  return { isSwipe: () => isSwipe };
}

/**
 * Follow a press, and a drag to the side. A finger that moves up or down scrolls the page, so it is followed only
 * once it has moved to the side, or where it was lifted in its place.
 * @param {HTMLElement} plot
 * @param {(event: PointerEvent) => void} follow
 */
export function followed(plot, follow) {
  /** @type {{x: number, y: number, isSure: boolean} | null} */
  let held = null;
  plot.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button !== 0 || !event.isPrimary) return;
      const { clientX: x, clientY: y, pointerType } = event;
      held = { x, y, isSure: pointerType === 'mouse' };
      plot.setPointerCapture(event.pointerId);
      if (held.isSure) follow(event);
    },
    { capture: true },
  );
  plot.addEventListener('pointermove', (event) => {
    if (!held) return;
    const [across, up] = [Math.abs(event.clientX - held.x), Math.abs(event.clientY - held.y)];
    held.isSure ||= across > DRAGGED && across > up;
    if (held.isSure) follow(event);
  });
  plot.addEventListener('pointerup', (event) => {
    const isTap = held && !held.isSure && Math.hypot(event.clientX - held.x, event.clientY - held.y) <= SLOP;
    held = null;
    if (isTap) follow(event);
  });
  plot.addEventListener('pointercancel', () => {
    held = null;
  });
}

/**
 * Over a figure in three dimensions a wheel and a finger that moves up or down scroll the page; a wheel with Ctrl
 * and two fingers zoom, and one finger to the side turns the figure.
 * @param {HTMLElement} plot
 * @param {() => boolean} isSolid
 */
export function turnedByHand(plot, isSolid) {
  plot.addEventListener(
    'wheel',
    (event) => {
      if (!isSolid()) return;
      if (event.ctrlKey || event.metaKey) event.preventDefault();
      else event.stopPropagation();
    },
    { capture: true, passive: false },
  );
  /** @type {{x: number, y: number, isTurn: boolean | null, apart: number} | null} */
  let touch = null;
  const apart = (/** @type {TouchEvent} */ { touches: [one, other] }) =>
    other ? Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) : 0;
  const begin = (/** @type {TouchEvent} */ event) => {
    if (!isSolid()) return;
    const [{ clientX: x, clientY: y }] = event.touches;
    touch = { x, y, isTurn: touch ? touch.isTurn : null, apart: apart(event) };
    if (touch.apart > 0) {
      touch.isTurn = false;
      event.stopPropagation();
    }
  };
  const move = (/** @type {TouchEvent} */ event) => {
    if (!isSolid() || !touch) return;
    const [{ clientX, clientY }] = event.touches;
    const now = apart(event);
    if (now > 0) {
      if (event.cancelable) event.preventDefault();
      if (touch.apart > 0) zoom(event, touch.apart, now);
      touch.apart = now;
    }
    touch.isTurn ??= Math.abs(clientX - touch.x) > Math.abs(clientY - touch.y);
    if (!touch.isTurn) event.stopPropagation();
  };
  const end = (/** @type {TouchEvent} */ { touches }) => {
    if (touches.length === 0) touch = null;
  };
  plot.addEventListener('touchstart', begin, { capture: true, passive: true });
  plot.addEventListener('touchmove', move, { capture: true, passive: false });
  plot.addEventListener('touchend', end);
  plot.addEventListener('touchcancel', end);
}

/** Two fingers zoom as a wheel with Ctrl does. @param {TouchEvent} event @param {number} before @param {number} now */
function zoom({ target, touches: [one] }, before, now) {
  const deltaY = -PINCH * Math.log2(now / before);
  const { clientX, clientY } = one;
  target?.dispatchEvent(
    new WheelEvent('wheel', { deltaY, clientX, clientY, ctrlKey: true, bubbles: true, cancelable: true }),
  );
}
