// The journal: newest first, filtered, each record with its explanation; new ones appear by themselves.

import { api } from '../api.js';
import { button, el, empty } from '../dom.js';
import { listen } from '../door.js';
import { eventLine, kindOf, lineOf, titleOf } from '../events.js';
import { attempt } from '../messages.js';
import { day, t } from '../words.js';

export function eventsScreen(main, [person, name]) {
  const list = el('div', { class: 'events' }), spoken = el('p', { class: 'visually-hidden', 'aria-live': 'polite' });
  const older = button(t('events.older'), () => load(), 'wide');
  let filter = 'all', oldest = null, turn = 0;

  const choice = one => el('label', {}, el('input', { type: 'radio', name: 'filter', value: one, checked: one === filter,
    on: { change: () => { filter = one; restart(); } } }), el('span', {}, t(`events.${one}`)));

  async function load() {
    const mine = turn;
    const found = await attempt(() => api.events({ before: oldest, person, alarms: filter === 'alarms' || null,
      denied: filter === 'denied' || null }));
    if (found === null || mine !== turn) return;
    found.events.forEach(event => add(event, false));
    older.hidden = !found.hasMore;
    if (list.childElementCount === 0) list.append(empty('list', t('events.none')));
  }

  function add(event, isNew) {
    list.querySelector('.empty')?.remove();
    if (list.querySelector(`[data-sequence="${event.sequence}"]`)) return;
    const of = new Date(event.time).toDateString();
    let group = [...list.children].find(one => one.dataset.day === of);
    if (!group) {
      group = el('section', { data: { day: of } }, el('h2', {}, day(event.time)), el('ul', { class: 'list' }));
      if (isNew) list.prepend(group);
      else list.append(group);
    }
    const line = eventLine(event, explain);
    if (isNew) group.lastElementChild.prepend(line);
    else group.lastElementChild.append(line);
    oldest = oldest === null ? event.sequence : Math.min(oldest, event.sequence);
  }

  function restart() {
    turn++;
    oldest = null;
    list.replaceChildren();
    older.hidden = true;
    load();
  }

  const stop = listen((what, event) => {
    if (what !== 'event' || event.sequence === 0 || !isWanted(event)) return;
    add(event, true);
    spoken.textContent = [titleOf(event), lineOf(event)].filter(Boolean).join(', ');
  });
  const isWanted = event => (!person || String(event.personId) === person)
    && (filter !== 'alarms' || event.level === 'ERR') && (filter !== 'denied' || kindOf(event) === 'denied');

  main.append(el('div', { class: 'head' }, el('h1', { tabindex: '-1' }, t('screen.events'))),
    el('div', { class: 'filters' },
      el('fieldset', { class: 'choices' }, el('legend', {}, t('events.filter')), ['all', 'alarms', 'denied'].map(choice)),
      person && el('div', { class: 'row apart' }, el('span', {}, t('events.of', { name: name ?? person })),
        el('a', { class: 'button small', href: '#/events' }, t('events.everybody')))),
    spoken, list, older);
  restart();
  return stop;
}

/** Adds what the door knows of the whole attempt. */
async function explain(event, more) {
  if (!['denied', 'granted'].includes(kindOf(event))) return;
  const found = await attempt(() => api.explain(event.sequence));
  if (!found) return;
  const lines = [...(found.path ?? []), ...(found.frames ?? [])];
  if (lines.length > 0) more.append(el('h3', {}, t('events.attempt')), el('ol', { class: 'path' }, lines.map(one => el('li', {}, one))));
}
