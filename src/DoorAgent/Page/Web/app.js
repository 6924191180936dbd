// The frame: language, session, navigation. Each screen is a module with a function that fills <main>.

import { api } from './api.js';
import { door, follow, leave, listen, may, resume } from './door.js';
import { button, el, icon, setText } from './dom.js';
import { attempt, say } from './messages.js';
import { allLanguages, chooseLanguage, currentLanguage, loadWords, t } from './words.js';
import { checkScreen } from './screens/check.js';
import { doorScreen } from './screens/door.js';
import { enrolScreen } from './screens/enrol.js';
import { eventsScreen } from './screens/events.js';
import { linksScreen } from './screens/links.js';
import { pairScreen } from './screens/pair.js';
import { peopleScreen } from './screens/people.js';
import { personScreen } from './screens/person.js';
import { settingsScreen } from './screens/settings.js';

const screens = {
  door: { show: doorScreen, icon: 'door', role: 'view', at: 'both' },
  events: { show: eventsScreen, icon: 'list', role: 'view', at: 'both' },
  people: { show: peopleScreen, icon: 'people', role: 'enrol', at: 'both' },
  person: { show: personScreen, role: 'enrol', at: 'none', under: 'people' },
  enrol: { show: enrolScreen, icon: 'person-add', role: 'enrol', at: 'desk', under: 'people' },
  check: { show: checkScreen, icon: 'check', role: 'technician', at: 'desk' },
  links: { show: linksScreen, icon: 'link', role: 'technician', at: 'desk' },
  settings: { show: settingsScreen, icon: 'settings', role: 'technician', at: 'desk' },
  more: { show: moreScreen, icon: 'more', role: 'view', at: 'phone' },
};

const main = document.getElementById('main'), nav = document.getElementById('nav'), top = document.getElementById('top');
const AGAIN = 3000;
let end = () => {};
let shown = 0;
let isKnown = null;

const nameOf = () => location.hash.replace(/^#\/?/, '').split(/[/?]/)[0];

/** Shows the screen of the address. A screen returns what to do when it is left. */
async function show() {
  end();
  end = () => {};
  const turn = ++shown;
  main.replaceChildren();
  frame();
  const name = nameOf(), screen = screens[name];
  let left;
  if (door.session === null && isKnown === null) {
    awayScreen(main);
  } else if (door.session === null) {
    left = pairScreen(main, paired);
  } else if (!screen || !may(screen.role)) {
    location.replace('#/door');
    return;
  } else {
    left = screen.show(main, location.hash.split('/').slice(2).map(decodeURIComponent));
  }
  end = left ?? end;
  document.title = door.session ? `${t(`screen.${name}`)} - DoorAgent` : 'DoorAgent';
  if (turn > 1) (main.querySelector('h1') ?? main).focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

/** Asks who is here, until somebody answers. */
async function begin() {
  isKnown = await resume();
  if (isKnown) follow();
  if (isKnown === null) setTimeout(begin, AGAIN);
  await show();
}

async function paired() {
  isKnown = await resume();
  follow();
  if (location.hash === '#/door') await show();
  else location.replace('#/door');
}

function frame() {
  const isIn = door.session !== null;
  document.body.classList.toggle('plain', !isIn);
  nav.hidden = top.hidden = !isIn;
  setText(document.getElementById('skip'), t('skip'));
  banners();
  if (!isIn) return;
  nav.setAttribute('aria-label', t('nav.label'));
  const here = nameOf(), under = screens[here]?.under;
  nav.replaceChildren(el('ul', {}, Object.entries(screens).filter(([, one]) => one.at !== 'none' && may(one.role)).map(([name, one]) => {
    const isHere = name === here || (under === name && !(screens[here].at === 'desk' && matchMedia('(min-width: 900px)').matches))
      || (name === 'more' && screens[here]?.at === 'desk' && !under);
    return el('li', { class: one.at === 'both' ? '' : one.at }, el('a', { href: `#/${name}`, 'aria-current': isHere && 'page' },
      icon(one.icon), el('span', {}, t(`screen.${name}`))));
  })));
  top.replaceChildren(el('span', { class: 'where' }, icon('brand'), location.hostname),
    el('span', { class: 'chip' }, t(`role.${door.session.role}`)));
}

function banners() {
  const place = document.getElementById('banners');
  const words = door.session === null || door.connection === 'open' ? null
    : door.connection === 'lost' ? [t('connection.lost'), t('connection.again')]
      : [t('connection.down'), door.why || t('connection.again')];
  if (place.dataset.words === String(words)) return;
  place.dataset.words = String(words);
  place.replaceChildren(...(words ? [el('div', { class: 'banner alarm' }, icon('offline'), el('div', {}, el('strong', {}, words[0]),
    words[1]))] : []));
}

/** Before anybody has answered, nothing is known: neither the door nor whether this browser is paired. */
function awayScreen(at) {
  at.append(el('h1', { class: 'visually-hidden', tabindex: '-1' }, 'DoorAgent'),
    el('div', { class: 'state none', role: 'status' }, icon('offline'),
      el('div', {}, el('strong', {}, t(`connection.${door.connection}`)), el('span', {}, door.why || t('connection.again')))));
}

function moreScreen(at) {
  const rows = Object.entries(screens).filter(([, one]) => one.at === 'desk' && may(one.role));
  at.append(el('div', { class: 'head' }, el('h1', { tabindex: '-1' }, t('screen.more'))),
    rows.length > 0 && el('ul', { class: 'list menu' }, rows.map(([name, one]) => el('li', {}, el('a', { class: 'line', href: `#/${name}` },
      icon(one.icon), el('span', { class: 'grow' }, t(`screen.${name}`)), icon('next'))))),
    session());
}

/** Language and end of the session. */
function session() {
  const choice = el('select', { id: 'language', on: { change: () => { chooseLanguage(choice.value); show(); } } },
    allLanguages().map(one => el('option', { value: one, selected: one === currentLanguage() }, t(`language.${one}`))));
  return el('section', { class: 'card' }, el('div', { class: 'field' }, el('label', { for: 'language' }, t('language.label')), choice),
    button(t('session.end'), endSession, 'wide', 'exit'));
}

async function endSession() {
  if (await attempt(() => api.leave()) === null) return;
  leave();
  door.session = null;
  await show();
  say(t('session.ended'));
}

listen(async what => {
  if (what === 'connection') banners();
  if (what === 'ended') {
    await show();
    say(t('session.over'));
  }
});
window.addEventListener('hashchange', show);
// A page that the browser keeps for the way back must not keep its stream.
window.addEventListener('pagehide', leave);
window.addEventListener('pageshow', event => {
  if (event.persisted && door.session !== null) follow();
});

await loadWords();
await begin();
