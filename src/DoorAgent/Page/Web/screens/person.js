// One person: what keeps them out, badges, hours, and erasing.

import { api } from '../api.js';
import { button, card, el, facts, field, icon } from '../dom.js';
import { ask } from '../dialog.js';
import { attempt, say } from '../messages.js';
import { t, tOr } from '../words.js';

export function personScreen(main, [id, name]) {
  let isLeft = false;

  async function load() {
    const found = await attempt(() => api.people({ person: id }));
    if (found === null || isLeft) return;
    const person = found.people.find(one => String(one.id) === id);
    if (person) show(person, found.schedules);
    else main.replaceChildren(back(), el('p', { class: 'error' }, t('problem.not-found')));
  }

  async function change(what, done) {
    if (await attempt(() => api.changePerson(id, what)) === null) return;
    say(done);
    await load();
    main.querySelector('h1')?.focus({ preventScroll: true });
  }

  function show(person, schedules) {
    main.replaceChildren(back(),
      el('div', { class: 'head' }, el('h1', { tabindex: '-1' }, person.name),
        el('span', { class: `chip ${person.isEnabled && person.obstacles.length === 0 ? 'calm' : 'warn'}` },
          t(!person.isEnabled ? 'person.disabled' : person.obstacles.length > 0 ? 'person.kept-out' : 'person.allowed'))),
      el('div', { class: 'two' },
        el('div', { class: 'stack' }, access(person), badges(person), !person.fleet && hours(person, schedules)),
        el('div', { class: 'stack' }, about(person), !person.fleet && erase(person))));
  }

  function access(person) {
    return card(t('person.access'), person.obstacles.map(one => el('div', { class: 'banner' }, icon('warning'), el('div', {}, one))),
      el('p', {}, t(person.isEnabled ? 'person.enabled-means' : 'person.disabled-means')),
      button(t(person.isEnabled ? 'person.disable' : 'person.enable'), () =>
        change({ isEnabled: !person.isEnabled }, t(person.isEnabled ? 'person.disabled-now' : 'person.enabled-now', { name: person.name })),
      person.isEnabled ? 'danger' : 'primary', person.isEnabled ? 'person-off' : 'ok'));
  }

  function badges(person) {
    return card(t('person.badges'), person.badges.length === 0 ? el('p', { class: 'faint' }, t('person.no-badge'))
      : el('ul', { class: 'stack' }, person.badges.map(badge => el('li', { class: 'row apart' },
        el('span', { class: 'row' }, icon('badge'), el('span', { class: 'numbers' }, badge.hint),
          badge.state !== 'active' && el('span', { class: 'chip alarm' }, tOr(`badge.${badge.state}`, badge.state))),
        !person.fleet && (badge.state === 'active'
          ? el('span', { class: 'row' },
            button(t('badge.lose'), () => change({ badge: badge.id, state: 'lost' }, t('badge.lost-now')), 'small'),
            button(t('badge.block'), () => change({ badge: badge.id, state: 'blocked' }, t('badge.blocked-now')), 'small danger'))
          : button(t('badge.unblock'), () => change({ badge: badge.id, state: 'active' }, t('badge.active-now')), 'small'))))));
  }

  function hours(person, schedules) {
    const names = schedules.includes(person.schedule) ? schedules : [...schedules, person.schedule];
    const schedule = el('select', {}, names.map(one => el('option', { value: one, selected: one === person.schedule },
      one === 'always' ? t('person.always') : one)));
    const from = el('input', { type: 'date', value: person.validFrom?.slice(0, 10) ?? '' });
    const until = el('input', { type: 'date', value: person.validUntil?.slice(0, 10) ?? '' });
    const save = event => {
      event.preventDefault();
      const what = { schedule: schedule.value };
      // A date that was not touched stays, also where it has a time that this field does not show.
      if (from.value !== (person.validFrom?.slice(0, 10) ?? '')) what.validFrom = from.value;
      if (until.value !== (person.validUntil?.slice(0, 10) ?? '')) what.validUntil = until.value;
      change(what, t('person.saved'));
    };
    return el('form', { class: 'card', on: { submit: save } }, el('h2', {}, t('person.hours')), field(t('person.schedule'), schedule),
      el('div', { class: 'pairs' }, field(t('person.from'), from), field(t('person.until'), until)),
      el('div', { class: 'row end' }, el('button', { type: 'submit', class: 'button' }, t('person.save'))));
  }

  function about(person) {
    return card(t('person.about'), person.fleet && el('p', {}, t('person.fleet-means')), facts([
      ...(person.fleet ? [[t('person.fleet'), person.fleet], [t('person.schedule'), person.schedule],
        [t('person.from'), person.validFrom ?? ''], [t('person.until'), person.validUntil ?? '']] : []),
      [t('person.pictures'), String(person.pictures)],
      [t('person.pin'), t(person.hasPin ? 'yes' : 'no')],
      [t('person.extended'), t(person.isExtended ? 'yes' : 'no')],
      [t('person.consent'), person.consent ?? t('person.no-consent')],
    ]), el('a', { class: 'button small', href: `#/events/${person.id}/${encodeURIComponent(person.name)}` }, t('person.events')));
  }

  function erase(person) {
    return card(t('person.erase'), el('p', { class: 'faint' }, t('person.erase-means')), button(t('person.erase-do'), async () => {
      const agreed = await ask(t('person.erase-question', { name: person.name }), t('person.erase'),
        { detail: t('person.erase-means'), kind: 'danger filled', typed: person.name });
      if (!agreed || await attempt(() => api.erasePerson(person.id, person.name)) === null) return;
      location.hash = '#/people';
      say(t('person.erased', { name: person.name }));
    }, 'danger', 'person-off'));
  }

  main.append(back(), el('h1', { tabindex: '-1' }, name ?? ''));
  load();
  return () => { isLeft = true; };
}

const back = () => el('a', { class: 'back', href: '#/people' }, icon('back'), t('screen.people'));
