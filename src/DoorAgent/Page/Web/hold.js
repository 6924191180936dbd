// A button that acts only when it is held for a second, by finger, mouse, space or enter; so that nobody unlocks a door in a pocket.
// Screen readers send a click without a hold: they are asked instead.

import { el, icon } from './dom.js';
import { ask } from './dialog.js';
import { t } from './words.js';

const HOLD = 1000;

export function holdButton(text, named, question, act) {
  const label = el('span', {}, text);
  const made = el('button', { type: 'button', class: 'button primary hold' }, el('span', { class: 'fill', 'aria-hidden': 'true' }),
    icon(named), label);
  let timer = null, lastHeld = -Infinity;

  const begin = () => {
    if (timer !== null || made.disabled) return;
    made.classList.add('holding');
    label.textContent = t('hold.keep');
    timer = setTimeout(() => {
      end();
      act();
    }, HOLD);
  };
  const end = () => {
    if (timer === null) return;
    clearTimeout(timer);
    timer = null;
    lastHeld = performance.now();
    made.classList.remove('holding');
    label.textContent = text;
  };

  made.addEventListener('pointerdown', event => {
    if (event.button !== 0) return;
    begin();
  });
  for (const name of ['pointerup', 'pointerleave', 'pointercancel', 'blur']) made.addEventListener(name, end);
  made.addEventListener('contextmenu', event => event.preventDefault());
  made.addEventListener('keydown', event => {
    if (event.key !== ' ' && event.key !== 'Enter') return;
    event.preventDefault();
    if (!event.repeat) begin();
  });
  made.addEventListener('keyup', event => {
    if (event.key === ' ' || event.key === 'Enter') {
      event.preventDefault();
      end();
    }
  });
  made.addEventListener('click', async event => {
    if (event.detail === 0 && performance.now() - lastHeld > 300 && await ask(question, text)) act();
  });
  return made;
}
