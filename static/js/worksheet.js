/** The worksheet's page: the sheet itself needs no script, only the button that prints it. */

import { byId } from './dom.js';

// A sheet that could not be made has nothing to print.
if (document.getElementById('print')) {
  const button = byId('print', HTMLButtonElement);
  button.hidden = false;
  button.addEventListener('click', () => print());
}
