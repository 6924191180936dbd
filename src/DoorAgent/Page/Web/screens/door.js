// The door at one glance: state, mode, picture, and what may be done.

import { api } from '../api.js';
import { button, card, el, facts, icon, setIcon, setText } from '../dom.js';
import { door, listen, may } from '../door.js';
import { eventLine, kindOf } from '../events.js';
import { holdButton } from '../hold.js';
import { attempt, say } from '../messages.js';
import { livePicture, seesWords } from '../picture.js';
import { modeCard } from '../mode.js';
import { clock, moment, number, plain, span, t, tOr } from '../words.js';

const RECENT = 6, SECOND = 1000;

const phases = {
  'locked': ['', 'locked'], 'unlocked': ['warn', 'unlocked'], 'open': ['warn', 'door-open'], 'held-open': ['alarm', 'alarm'],
  'forced': ['alarm', 'alarm'],
};

// The lamps of each pattern: green and red, on or blinking.
const lamps = {
  'look-at-camera': ['blink', ''], 'enter-pin': ['blink', ''], 'turn-left': ['blink', ''], 'turn-right': ['blink', ''],
  'granted': ['on', ''], 'held-unlocked': ['on', ''], 'second-person': ['blink', 'blink'], 'lockdown': ['', 'on'], 'denied': ['', 'on'],
  'fault': ['', 'blink'],
};

export function doorScreen(main) {
  // The word alone is read aloud when it changes: the seconds below it are not.
  const word = el('strong', { role: 'status' }), more = el('span');
  const state = el('div', { class: 'state none' }, icon('door'), el('div', {}, word, more));
  const faults = el('div', { class: 'stack', role: 'alert' });
  const sees = el('p', { 'aria-live': 'polite' });
  const picture = livePicture(found => setText(sees, seesWords(found)));
  const green = el('span', { class: 'lamp green' }), red = el('span', { class: 'lamp red' }), lights = el('span');
  const looking = el('p', { class: 'faint' });
  const details = el('div'), recent = el('ul', { class: 'list' }), quiet = el('p', { class: 'faint' }, t('door.quiet'));
  const mode = modeCard();

  const acts = may('technician') && el('div', { class: 'acts' },
    holdButton(t('door.unlock'), 'unlocked', t('door.unlock-question'), async () => {
      if (await attempt(() => api.unlock())) say(t('door.unlocked-now'));
    }),
    button(t('door.lock'), async () => {
      if (await attempt(() => api.lock())) say(t('door.locked-now'));
    }, 'plain', 'locked'));

  function update() {
    const status = door.status;
    const [tone, named] = status === null || door.connection !== 'open' ? ['none', 'offline'] : phases[status.door] ?? ['warn', 'door'];
    state.className = `state ${tone}`;
    setIcon(state, named);
    setText(word, tone === 'none' ? t('phase.unknown') : t(`phase.${status.door}`));
    setText(more, tone === 'none' ? t('phase.unknown-more') : moreOf(status));
    mode.update(status);
    if (status === null) return;
    const rows = [...status.faults.map(fault => ['alarm', fault]), ...(status.notes ?? []).map(note => ['', note])];
    if (faults.dataset.rows !== JSON.stringify(rows)) {
      faults.dataset.rows = JSON.stringify(rows);
      faults.replaceChildren(...rows.map(([kind, text]) => el('div', { class: `banner ${kind}` }, icon(kind || 'warning'),
        el('div', {}, el('strong', {}, t(kind ? 'door.fault' : 'door.note')), el('p', {}, text),
          text.includes('dooragent acknowledge') && may('technician') && button(t('door.acknowledge'), acknowledge, 'small')))));
    }
    const [isGreen, isRed] = lamps[status.lights] ?? ['', ''];
    green.className = `lamp green ${isGreen}`;
    red.className = `lamp red ${isRed}`;
    setText(lights, tOr(`lights.${status.lights}`, plain(status.lights)));
    setText(looking, status.lookingFor ? t('door.looking-for', { name: status.lookingFor }) : '');
    looking.hidden = !status.lookingFor;
    details.replaceChildren(factsOf(status));
    if (recent.childElementCount === 0) recent.append(...status.events.filter(isShown).slice(-RECENT).reverse().map(lineOf));
    recent.hidden = recent.childElementCount === 0;
    quiet.hidden = !recent.hidden;
  }

  const ticking = setInterval(() => {
    if (door.status?.relaySecondsLeft && door.connection === 'open') setText(more, moreOf(door.status));
  }, SECOND);
  const stop = listen((what, value) => {
    if (what === 'status' || what === 'connection') update();
    if (what === 'event' && isShown(value) && !recent.querySelector(`[data-sequence="${value.sequence}"]`)) {
      recent.prepend(lineOf(value));
      recent.hidden = false;
      quiet.hidden = true;
      while (recent.childElementCount > RECENT) recent.lastElementChild.remove();
    }
  });

  main.append(el('h1', { class: 'visually-hidden', tabindex: '-1' }, t('screen.door')),
    el('div', { class: 'two' },
      el('div', { class: 'stack' }, state, acts, faults, mode.box, card(null, picture.view, sees, looking,
        el('div', { class: 'lights' }, green, red, lights))),
      el('div', { class: 'stack' },
        card(t('door.recent'), quiet, recent, el('a', { class: 'button small', href: '#/events' }, t('door.all-events'))),
        card(t('door.details'), details))));
  update();
  return () => {
    stop();
    clearInterval(ticking);
    picture.stop();
  };
}

const lineOf = event => eventLine(event, null, moment);

async function acknowledge() {
  if (await attempt(() => api.acknowledge())) say(t('door.acknowledged'));
}

// The relay's own steps say nothing beside the state above them.
const isShown = event => event.sequence > 0 && !['relay-on', 'relay-off', 'attempt-opened'].includes(kindOf(event));

function moreOf(status) {
  if (status.mode?.mode === 'unlocked' && status.door === 'unlocked') return t('door.passes');
  if (status.relaySecondsLeft) {
    const left = status.relaySecondsLeft - (performance.now() - status.at) / 1000;
    return left > 0 ? t('door.seconds-left', { seconds: number(Math.ceil(left)) }) : t('door.locks-now');
  }
  if (status.contact === 'none') return t('door.no-contact');
  return status.door === 'locked' ? t('door.closed') : t('door.see-door');
}

function factsOf(status) {
  return facts([
    [t('door.contact'), status.contact && tOr(`contact.${status.contact}`, status.contact)],
    [t('door.exit'), status.exitButton && tOr(`contact.${status.exitButton}`, status.exitButton)],
    [t('door.reader'), status.reader],
    [t('door.camera'), status.framesASecond === undefined ? null : t('door.rate', { rate: number(status.framesASecond, 1) })],
    [t('door.display'), status.display],
    [t('door.gallery'), status.gallery ?? t('door.no-gallery')],
    [t('door.locked-out'), (status.lockedOut ?? []).map(one => `${one.person} (${t('until', { time: clock(one.until) })})`).join(', ')],
    [t('door.liveness'), status.liveness],
    [t('door.rates'), status.rates],
    [t('door.rollback'), status.rollback],
    [t('door.fleet'), status.fleet?.words],
    [t('door.running'), status.running],
    [t('door.version'), status.version],
    [t('door.since'), `${moment(status.since)} (${span(new Date(status.now) - new Date(status.since))})`],
  ]);
}
