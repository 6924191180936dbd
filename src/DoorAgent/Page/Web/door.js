// What the page knows of the door now: the state from the stream, and who wants to hear of changes.

import { Refusal, api } from './api.js';

const listeners = new Set();
let source = null;
let retry = null;

/** The present state. Connection: 'open', 'lost' (no answer from the page), 'down' (the page answers, the door does not). */
export const door = { session: null, status: null, connection: 'lost', why: '' };

/** Calls a function at each change until the returned function is called: (what, value) with 'status', 'event', 'enrolment',
 * 'connection' or 'ended'. */
export function listen(hear) {
  listeners.add(hear);
  return () => listeners.delete(hear);
}

const tell = (what, value) => [...listeners].forEach(hear => hear(what, value));

export const may = role => {
  const roles = ['view', 'enrol', 'technician'];
  return door.session !== null && roles.indexOf(door.session.role) >= roles.indexOf(role);
};

/** Asks for the session: true, false where this browser is not paired, null where nobody answers. */
export async function resume() {
  try {
    const session = await api.session();
    // The door has just answered: what comes before the stream's first news is not a lost connection. Where the page is paired already, the
    // stream itself must come back.
    if (door.session === null) connection('open');
    door.session = session;
    return true;
  } catch (why) {
    if (!(why instanceof Refusal)) throw why;
    if (why.isSessionOver) door.session = null;
    else connection(why.problem === 'unreachable' ? 'lost' : 'down', why.message);
    return why.isSessionOver ? false : null;
  }
}

function connection(now, why = '') {
  if (door.connection === now && door.why === why) return;
  door.connection = now;
  door.why = why;
  tell('connection', now);
}

/** Opens the stream, and opens it again whenever it breaks. */
export function follow() {
  leave();
  source = new EventSource('/api/stream');
  source.addEventListener('status', message => {
    const news = JSON.parse(message.data);
    door.session = news.session;
    door.status = { ...news.door, events: news.events, at: performance.now() };
    connection('open');
    tell('status', door.status);
  });
  source.addEventListener('event', message => tell('event', JSON.parse(message.data)));
  source.addEventListener('refusal', message => {
    const why = JSON.parse(message.data);
    if (why.problem === 'no-session') ended();
    else connection('down', why.refusal);
  });
  source.addEventListener('enrolment', message => tell('enrolment', JSON.parse(message.data)));
  source.addEventListener('error', () => {
    connection('lost');
    // The browser gives up after some answers: then ask why, and begin again.
    if (source?.readyState === EventSource.CLOSED) retry = setTimeout(again, 2000);
  });
}

async function again() {
  if (await resume() === false) ended();
  else follow();
}

function ended() {
  leave();
  door.session = null;
  door.status = null;
  tell('ended');
}

export function leave() {
  clearTimeout(retry);
  source?.close();
  source = null;
}
