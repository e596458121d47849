/**
 * Light or dark, before the first paint; a classic script, since modules run too late for that.
 * The choice is kept in the browser; without one the system's preference counts.
 */
(() => {
  const KEY = 'backstep.theme';
  const root = document.documentElement;
  const system = matchMedia('(prefers-color-scheme: dark)');

  /** @returns {string | null} */
  const chosen = () => {
    try {
      const kept = localStorage.getItem(KEY);
      return kept === 'light' || kept === 'dark' ? kept : null;
    } catch {
      return null; // storage may be forbidden; the system's preference is good enough
    }
  };
  const apply = () => {
    root.dataset.theme = chosen() ?? (system.matches ? 'dark' : 'light');
    dispatchEvent(new Event('themechange'));
  };
  const toggle = () => {
    const next = root.dataset.theme === 'dark' ? 'light' : 'dark';
    try {
      localStorage.setItem(KEY, next);
    } catch {
      root.dataset.theme = next;
      dispatchEvent(new Event('themechange'));
      return;
    }
    apply();
  };

  apply();
  // Paper is white: the figures have to know before they are drawn for it, and the page is as wide as paper is.
  addEventListener('beforeprint', () => {
    root.dataset.theme = 'light';
    root.dataset.printing = '';
    dispatchEvent(new Event('themechange'));
  });
  addEventListener('afterprint', () => {
    delete root.dataset.printing;
    apply();
  });
  system.addEventListener('change', apply);
  addEventListener('DOMContentLoaded', () => {
    const button = document.getElementById('theme');
    if (!button) return;
    button.hidden = false;
    button.addEventListener('click', toggle);
  });
})();
