// The people of this door: search, and one line each.

import { api } from '../api.js';
import { button, el, empty, icon } from '../dom.js';
import { attempt } from '../messages.js';
import { t } from '../words.js';

const PAUSE = 200;

export function peopleScreen(main) {
  const list = el('ul', { class: 'list', hidden: true }), nobody = el('div'), count = el('p', { class: 'faint', role: 'status' });
  const more = button(t('people.more'), () => load(list.childElementCount), 'wide');
  const search = el('input', { type: 'search', placeholder: t('people.search'), 'aria-label': t('people.search'), autocomplete: 'off' });
  let timer = null, turn = 0;

  async function load(skip) {
    const mine = ++turn;
    const found = await attempt(() => api.people({ search: search.value.trim(), skip: skip || null }));
    if (found === null || mine !== turn) return;
    if (skip === 0) list.replaceChildren();
    list.append(...found.people.map(line));
    list.hidden = list.childElementCount === 0;
    more.hidden = list.childElementCount >= found.total;
    count.textContent = found.total === 0 ? '' : t('people.count', { n: found.total });
    nobody.replaceChildren(...(found.total > 0 ? [] : [empty('people', t(search.value ? 'people.not-found' : 'people.nobody'))]));
  }

  search.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => load(0), PAUSE);
  });
  more.hidden = true;
  main.append(el('div', { class: 'head' }, el('h1', { tabindex: '-1' }, t('screen.people')),
    el('a', { class: 'button primary', href: '#/enrol' }, icon('person-add'), el('span', {}, t('people.enrol')))),
    search, count, list, nobody, more);
  load(0);
  return () => clearTimeout(timer);
}

function line(person) {
  const isOut = !person.isEnabled || person.obstacles.length > 0;
  return el('li', {}, el('a', { class: 'line', href: `#/person/${person.id}/${encodeURIComponent(person.name)}` },
    el('span', { class: `initial ${isOut ? 'off' : ''}`, 'aria-hidden': 'true' }, [...person.name][0].toUpperCase()),
    el('div', { class: 'grow' }, el('div', {}, el('strong', {}, person.name), el('span', { class: 'faint' }, about(person))),
      isOut && el('span', { class: 'chip warn' }, t(person.isEnabled ? 'person.kept-out' : 'person.disabled'))),
    icon('next')));
}

function about(person) {
  const blocked = person.badges.filter(badge => badge.state !== 'active').length;
  return [person.fleet && t('people.fleet', { group: person.fleet }),
    person.badges.length === 0 ? t('people.no-badge') : t('people.badges', { n: person.badges.length }),
    blocked > 0 && t('people.blocked', { n: blocked }), person.schedule !== 'always' && person.schedule].filter(Boolean).join(' · ');
}
