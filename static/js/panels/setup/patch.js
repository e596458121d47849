/**
 * Controls made anew keep what is under the hand: an element that is still the same (by tag and id) stays where it
 * is, with its focus, its drag and what is being typed, and only what differs is changed.
 *
 * So whatever listens in these panels has an id, and reads what it needs when it is pressed.
 */

/** @param {Node} one @param {Node} other */
function isSame(one, other) {
  if (one.nodeName !== other.nodeName) return false;
  if (!(one instanceof Element) || !(other instanceof Element)) return true;
  return one.id === other.id;
}

/** @param {Element} old @param {Element} fresh */
function patchAttributes(old, fresh) {
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes)
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
}

/** Whether somebody is typing in a field: it no longer holds what was written into it. @param {HTMLInputElement} field */
const isTyping = (field) =>
  field.type === 'text' && document.activeElement === field && field.value !== field.getAttribute('value');

/** @param {Element} old @param {Element} fresh */
function patchElement(old, fresh) {
  if (old instanceof HTMLInputElement && fresh instanceof HTMLInputElement) {
    if (isTyping(old)) return;
    patchAttributes(old, fresh);
    old.checked = fresh.checked;
    if (!old.matches('[type="range"]:active')) old.value = fresh.value; // a thumb in the hand stays there
    return;
  }
  const chosen = fresh instanceof HTMLSelectElement ? fresh.value : ''; // before its options move
  patchAttributes(old, fresh);
  patch(old, [...fresh.childNodes]);
  if (old instanceof HTMLSelectElement) old.value = chosen;
}

/** @param {Element} parent @param {Node[]} fresh  its children as they should be */
export function patch(parent, fresh) {
  const old = [...parent.childNodes];
  fresh.forEach((node, index) => {
    const before = old[index];
    if (!before) parent.append(node);
    else if (!isSame(before, node)) before.replaceWith(node);
    else if (before instanceof Element) patchElement(before, /** @type {Element} */ (node));
    else if (before.nodeValue !== node.nodeValue) before.nodeValue = node.nodeValue;
  });
  for (const node of old.slice(fresh.length)) node.remove();
}

/**
 * Patch a panel; where the control in use is gone, the focus goes to a neighbour.
 * @param {HTMLElement} panel
 * @param {Node[]} fresh
 */
export function refill(panel, fresh) {
  const focused = document.activeElement;
  const isInside = focused !== panel && panel.contains(focused);
  const before = isInside ? controls(panel).indexOf(/** @type {HTMLElement} */ (focused)) : -1;
  patch(panel, fresh);
  if (!isInside || (focused instanceof HTMLElement && panel.contains(focused) && !isDisabled(focused)))
    return;
  const same = focused?.id ? document.getElementById(focused.id) : null;
  const free = controls(panel).filter((one) => !isDisabled(one));
  const target =
    same && panel.contains(same) && !isDisabled(same)
      ? same
      : (controls(panel)
          .slice(0, before + 1)
          .findLast((one) => !isDisabled(one)) ?? free[0]);
  target?.focus();
}

/** @param {HTMLElement} panel */
const controls = (panel) =>
  [...panel.querySelectorAll('button, select, input')].filter((one) => one instanceof HTMLElement);

/** @param {HTMLElement} one */
const isDisabled = (one) => one.hasAttribute('disabled');
