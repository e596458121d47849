/** Choices of which one is always made. */

/**
 * @template State
 * @param {{subscribe: (listener: (state: State) => void) => unknown}} store
 * @param {string} name
 * @param {(value: string) => void} onChange
 * @param {(state: State) => string} read
 */
export function mountRadios(store, name, onChange, read) {
  const all = /** @type {NodeListOf<HTMLInputElement>} */ (
    document.querySelectorAll(`input[name="${name}"]`)
  );
  for (const one of all) one.addEventListener('change', () => onChange(one.value));
  store.subscribe((state) => {
    for (const one of all) one.checked = one.value === read(state);
  });
}
