// Every setting with its value and where the value comes from; read only.

import { api } from '../api.js';
import { check, el, empty } from '../dom.js';
import { attempt } from '../messages.js';
import { t } from '../words.js';

export function settingsScreen(main) {
  const place = el('div', { class: 'stack' });
  const search = el('input', { type: 'search', placeholder: t('settings.search'), 'aria-label': t('settings.search'),
    autocomplete: 'off' });
  const given = check(t('settings.given'));
  let all = [];

  function show() {
    const wanted = search.value.trim().toLowerCase();
    const found = all.filter(one => (wanted === '' || `${one.key} ${one.value}`.toLowerCase().includes(wanted))
      && (!given.box.checked || one.origin !== 'default'));
    const sections = Map.groupBy(found, one => one.key.split(':')[0]);
    place.replaceChildren(...[...sections].map(([name, rows]) => el('section', {}, el('h2', { class: 'label' }, name),
      el('ul', { class: 'list' }, rows.map(row)))), ...(found.length === 0 && all.length > 0 ? [empty('search', t('settings.none'))] : []));
  }

  search.addEventListener('input', show);
  given.box.addEventListener('change', show);
  main.append(el('div', { class: 'head' }, el('h1', { tabindex: '-1' }, t('screen.settings'))),
    el('p', { class: 'faint' }, t('settings.means')),
    search, given.row, place);
  attempt(() => api.settings()).then(found => {
    all = found?.settings ?? found ?? [];
    show();
  });
}

function row(setting) {
  return el('li', { class: `setting ${setting.origin === 'default' ? '' : 'given'}` },
    el('span', { class: 'key' }, setting.key.slice(setting.key.indexOf(':') + 1)),
    el('span', { class: 'numbers' }, setting.value || t('settings.empty')),
    el('span', { class: 'faint' }, setting.origin === 'default' ? t('settings.default') : setting.origin),
    setting.meaning && el('p', { class: 'hint' }, setting.meaning));
}
