/** An address that is the state: it follows what is on screen, and goes along to the other language. */

/** Milliseconds of rest before it follows. */
const REST = 250;

/**
 * @template State
 * @param {{get: () => State, subscribe: (listener: (state: State) => void) => unknown}} store
 * @param {{address: () => string, isThere: (state: State) => boolean, isAtRest: (state: State) => boolean}} how
 *   `address`: what stands after the #
 */
export function mountAddress(store, { address, isThere, isAtRest }) {
  const links = [...document.querySelectorAll('a[data-language]')].filter(
    (one) => one instanceof HTMLAnchorElement,
  );
  for (const link of links) {
    link.addEventListener('click', () => {
      link.search = location.search;
      if (isThere(store.get())) link.hash = address();
    });
  }
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  store.subscribe((state) => {
    if (!isThere(state) || !isAtRest(state)) return;
    clearTimeout(timer);
    timer = setTimeout(
      () => history.replaceState(null, '', location.pathname + location.search + address()),
      REST,
    );
  });
}
