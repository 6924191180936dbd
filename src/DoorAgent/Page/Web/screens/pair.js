// Pairing with the code that 'dooragent page' printed.

import { Refusal, api } from '../api.js';
import { el, field, icon, setText } from '../dom.js';
import { wordsOf } from '../messages.js';
import { allLanguages, chooseLanguage, currentLanguage, t } from '../words.js';

const DIGITS = 8;

export function pairScreen(main, paired) {
  // The QR code's address ends with the code. It is taken out of the address, so that no history keeps it. A person's number, in the
  // address of another screen, is no code.
  const given = location.hash.match(/^#(\d{8})$/)?.[1] ?? '';
  if (given) history.replaceState(null, '', '/');

  const code = el('input', { type: 'text', class: 'code', inputmode: 'numeric', autocomplete: 'one-time-code', maxlength: '11',
    spellcheck: 'false', required: true, value: grouped(given) });
  const error = el('p', { class: 'error', role: 'alert', hidden: true });
  const send = el('button', { type: 'submit', class: 'button primary wide' }, t('pair.do'));

  const refuse = words => {
    setText(error, words);
    error.hidden = false;
    code.setAttribute('aria-invalid', 'true');
    code.focus();
    code.select();
  };
  code.addEventListener('input', () => {
    if (code.selectionStart === code.value.length) code.value = grouped(digitsOf(code.value));
    error.hidden = true;
    code.removeAttribute('aria-invalid');
  });

  async function pair(event) {
    event.preventDefault();
    const digits = digitsOf(code.value);
    if (digits.length !== DIGITS) {
      refuse(t('pair.digits'));
      return;
    }
    send.disabled = true;
    try {
      await api.pair(digits);
      await paired();
    } catch (why) {
      if (!(why instanceof Refusal)) throw why;
      refuse(wordsOf(why));
    } finally {
      send.disabled = false;
    }
  }

  const language = el('select', { 'aria-label': t('language.label'), on: { change: () => {
    chooseLanguage(language.value);
    main.replaceChildren();
    pairScreen(main, paired);
  } } }, allLanguages().map(one => el('option', { value: one, selected: one === currentLanguage() }, t(`language.${one}`))));

  main.append(el('div', { class: 'pair' },
    el('div', { class: 'brand' }, icon('brand'), el('div', {}, el('h1', { tabindex: '-1' }, t('pair.title')),
      el('p', { class: 'faint' }, location.host))),
    el('form', { class: 'card', novalidate: true, on: { submit: pair } },
      field(t('pair.code'), code, t('pair.hint')), error, send),
    el('p', { class: 'faint' }, t('pair.roles')),
    language));
  if (given) send.focus();
  else code.focus();
}

const digitsOf = text => text.replace(/\D/g, '').slice(0, DIGITS);

const grouped = digits => digits.replace(/^(\d{4})(\d)/, '$1 $2');
