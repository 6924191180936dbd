// Questions before something is done. The dialog keeps the focus inside and gives it back.

import { button, el, field } from './dom.js';
import { t } from './words.js';

/** Shows a form over the page; true when the visitor agrees. Escape and cancel are no. */
export function choose(title, content, agree, { kind = 'primary', isReady = true } = {}) {
  const before = document.activeElement;
  return new Promise(resolve => {
    const yes = el('button', { type: 'submit', class: `button ${kind}`, disabled: !isReady }, agree);
    const box = el('dialog', { 'aria-labelledby': 'question' },
      el('form', { method: 'dialog', on: { submit: () => { box.returnValue = 'yes'; } } },
        el('h2', { id: 'question' }, title),
        content,
        el('div', { class: 'row end' }, button(t('dialog.cancel'), () => box.close('no')), yes)));
    box.addEventListener('close', () => {
      const agreed = box.returnValue === 'yes';
      box.remove();
      before?.focus?.();
      resolve(agreed);
    });
    document.body.append(box);
    box.showModal();
  });
}

/** Asks a question; true when the visitor agrees. With typed, the visitor must type this text first. */
export function ask(question, agree, { detail = null, kind = 'primary', typed = null } = {}) {
  const input = typed === null ? null : el('input', { type: 'text', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false' });
  input?.addEventListener('input', () => {
    input.form.querySelector('[type=submit]').disabled = input.value.trim() !== typed;
  });
  return choose(question, [detail && el('p', {}, detail), input && field(t('dialog.type', { name: typed }), input)], agree,
    { kind, isReady: typed === null });
}
