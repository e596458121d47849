/** Projector mode: large type, strong contrast, nothing but the experiment. It is in the address, so a link can ask for it. */

const QUERY = 'projector';
const root = document.documentElement;

export const isProjected = () => 'projector' in root.dataset;

/** The style sheet, which only this mode needs. @type {Promise<unknown> | undefined} */
let style;

function styled() {
  style ??= new Promise((done) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = new URL('../../css/projector.css', import.meta.url).href;
    link.onload = link.onerror = done;
    document.head.append(link);
  });
  return style;
}

/** @param {boolean} isOn */
export async function setProjected(isOn) {
  const url = new URL(location.href);
  if (isOn) url.searchParams.set(QUERY, '');
  else url.searchParams.delete(QUERY);
  history.replaceState(null, '', url.href.replace(`${QUERY}=`, QUERY));
  if (isOn) root.dataset.projector = '';
  else delete root.dataset.projector;
  await styled();
  dispatchEvent(new Event('themechange')); // the figures are drawn anew
}

/** As the address has it, before anything is drawn. */
export function mountProjector() {
  if (new URLSearchParams(location.search).has(QUERY)) setProjected(true);
  document.getElementById('projector-off')?.addEventListener('click', () => setProjected(false));
}
