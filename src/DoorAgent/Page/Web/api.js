// Everything that the page asks of its server.

/** A refusal of the server or of the door. The problem is a word of PageProblem, or 'unreachable' where no answer came. */
export class Refusal extends Error {
  constructor(status, problem, message) {
    super(message);
    this.status = status;
    this.problem = problem;
  }

  get isSessionOver() {
    return this.status === 401;
  }
}

async function send(method, path, body) {
  let answer;
  try {
    answer = await fetch(`/api/${path}`, {
      method,
      headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: 'no-store',
    });
  } catch {
    throw new Refusal(0, 'unreachable', '');
  }
  if (answer.ok) return answer;
  const why = await answer.json().catch(() => ({}));
  throw new Refusal(answer.status, why.problem ?? null, why.refusal ?? '');
}

async function json(method, path, body) {
  const answer = await send(method, path, body);
  const text = await answer.text();
  return text === '' ? {} : JSON.parse(text);
}

const isGiven = value => value !== null && value !== undefined && value !== '';

const query = values => new URLSearchParams(Object.entries(values).filter(([, value]) => isGiven(value))).toString();

export const api = {
  pair: code => json('POST', 'pair', { code }),
  session: () => json('GET', 'session'),
  leave: () => json('POST', 'end', {}),
  status: () => json('GET', 'status'),
  unlock: () => json('POST', 'unlock', {}),
  lock: () => json('POST', 'lock', {}),
  acknowledge: () => json('POST', 'acknowledge', {}),
  setMode: order => json('POST', 'mode', order),
  events: filter => json('GET', `events?${query(filter)}`),
  explain: sequence => json('GET', `events/${sequence}`),
  people: filter => json('GET', `people?${query(filter)}`),
  changePerson: (id, change) => json('PATCH', `people/${id}`, change),
  erasePerson: (id, name) => json('DELETE', `people/${id}`, { name }),
  enrol: order => json('POST', 'enrolments', order),
  enrolment: () => json('GET', 'enrolments'),
  endEnrolment: () => json('DELETE', 'enrolments', {}),
  check: () => json('POST', 'check', {}),
  settings: () => json('GET', 'settings'),
  links: () => json('GET', 'links'),

  /** The next picture and what the door sees in it. */
  async picture() {
    const answer = await send('GET', 'picture');
    return { bitmap: await createImageBitmap(await answer.blob()), facts: JSON.parse(answer.headers.get('X-Picture') ?? '{}') };
  },
};
