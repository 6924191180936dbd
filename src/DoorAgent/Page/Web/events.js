// How an event looks and reads. An event arrives with the names of the journal (DoorForced or door-forced).

import { el, facts, icon } from './dom.js';
import { clock, kebab, number, plain, t, tOr } from './words.js';

const looks = {
  'granted': ['calm', 'ok'], 'access-taken': ['calm', 'door-open'], 'granted-door-open': ['calm', 'ok'],
  'access-not-taken': ['', 'door'], 'denied': ['warn', 'no'], 'lockout-started': ['warn', 'clock'], 'badge-not-used': ['', 'badge'],
  'attempt-opened': ['', 'person'], 'turn-asked': ['', 'turn'], 'second-person-awaited': ['', 'people'], 'page-access': ['', 'person'],
  'exit-granted': ['', 'exit'], 'held-unlocked': ['warn', 'unlocked'], 'hold-ended': ['', 'locked'], 'lockdown-ended': ['calm', 'ok'],
  'pin-awaited': ['', 'list'], 'keys-not-used': ['', 'list'], 'badge-awaited': ['', 'badge'], 'badge-taken': ['calm', 'badge'],
  'camera-lent': ['', 'camera'], 'gallery-changed': ['', 'people'], 'person-erased': ['', 'person-off'], 'relay-on': ['', 'unlocked'],
  'relay-off': ['', 'locked'], 'operator-unlock': ['calm', 'unlocked'], 'operator-lock': ['', 'locked'], 'request-to-exit': ['', 'exit'],
  'exit-taken': ['', 'exit'], 'door-closed': ['', 'door'], 'restored': ['calm', 'ok'], 'door-open-at-start': ['warn', 'door-open'],
  'held-open-warning': ['warn', 'door-open'], 'unlock-cut-short': ['warn', 'locked'], 'reader-fault': ['warn', 'badge'],
  'fleet-applied': ['', 'people'], 'fleet-restored': ['calm', 'ok'], 'fleet-fresh': ['calm', 'ok'], 'fleet-lockdown-ended': ['calm', 'ok'],
  'gallery-loaded': ['', 'data'], 'records-removed': ['', 'data'], 'started': ['', 'power'], 'stopping': ['', 'power'],
};

const marks = { ERR: ['alarm', 'alarm'], WRN: ['warn', 'warning'] };

/** The tone and the icon of an event: an alarm looks like an alarm, whatever its kind. */
export function lookOf(event) {
  return event.level === 'ERR' ? marks.ERR : looks[kebab(event.kind)] ?? marks[event.level] ?? ['', 'list'];
}

export const kindOf = event => kebab(event.kind);

export const titleOf = event => tOr(`kind.${kindOf(event)}`, plain(event.kind));

const isReason = event => event.reason !== null && event.reason !== undefined;

/** Who it was and why, in one line. */
export function lineOf(event) {
  return [personOf(event), event.badge, isReason(event) ? reasonOf(event) : null].filter(Boolean).join(' · ');
}

export const personOf = event => event.person
  ?? (event.personId ? t(event.isErased ? 'event.erased' : 'event.person', { id: event.personId }) : null);

const reasonOf = event => tOr(`reason.${kebab(event.reason)}`, plain(event.reason));

/** An event as a line that opens. The explanation is made when it is opened. */
export function eventLine(event, explain = null, whenOf = clock) {
  const [tone, named] = lookOf(event), line = lineOf(event);
  const more = el('div', { class: 'more' });
  const box = el('details', { class: 'event' },
    el('summary', {}, el('span', { class: `mark ${tone}` }, icon(named)),
      el('strong', {}, titleOf(event)), el('time', { class: 'when numbers', datetime: event.time }, whenOf(event.time)),
      line && el('span', { class: 'line-more faint' }, line)),
    more);
  box.addEventListener('toggle', () => {
    if (box.open && more.childElementCount === 0) {
      more.append(...explanationOf(event));
      explain?.(event, more);
    }
  });
  return el('li', { data: { sequence: event.sequence } }, box);
}

function explanationOf(event) {
  const known = isReason(event) ? tOr(`advice.${kebab(event.reason)}`, '') : tOr(`means.${kebab(event.kind)}`, '');
  const about = known || [event.meaning, event.remedy].filter(Boolean).join(' ');
  return [about && el('p', {}, about), facts([
    [t('event.detail'), event.detail],
    [t('event.distance'), event.distance === null || event.distance === undefined ? null
      : t('event.compared', { distance: number(event.distance, 3), threshold: number(event.threshold ?? 0, 3) })],
    [t('event.number'), event.sequence ? String(event.sequence) : null],
  ])].filter(Boolean);
}
