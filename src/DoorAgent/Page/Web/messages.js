// Short messages at the lower edge, which screen readers hear, and the handling of refusals.

import { Refusal } from './api.js';
import { el } from './dom.js';
import { t, tOr } from './words.js';

const SHOWN = 6000;
let timer = null;

export function say(text) {
  const place = document.getElementById('message');
  clearTimeout(timer);
  place.replaceChildren(el('p', {}, text));
  timer = setTimeout(() => place.replaceChildren(), SHOWN);
}

/** The words of a refusal in the visitor's language, with the door's own words where there are some. */
export function wordsOf(why) {
  const known = why.problem ? tOr(`problem.${why.problem}`, '') : '';
  return known || why.message || t('problem.other', { status: why.status });
}

/** Runs something that may be refused and says why; the result, or null. */
export async function attempt(act) {
  try {
    return await act() ?? {};
  } catch (why) {
    if (!(why instanceof Refusal)) throw why;
    say(wordsOf(why));
    return null;
  }
}
