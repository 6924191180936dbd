// Enrolment in three steps: who and consent, the card, pictures with guidance. The door does the work; this screen shows how far it is.

import { api } from '../api.js';
import { button, card, check, el, facts, field, icon, setText } from '../dom.js';
import { attempt, say } from '../messages.js';
import { livePicture } from '../picture.js';
import { number, t, tOr } from '../words.js';

const EVERY = 400;

export function enrolScreen(main) {
  const place = el('div', { class: 'stack' });
  const steps = el('ol', { class: 'steps' });
  let timer = null, picture = null, isLeft = false;

  const mark = now => steps.replaceChildren(...['who', 'badge', 'pictures', 'done'].map((one, at, all) => el('li', {
    class: at < all.indexOf(now) || now === 'done' ? 'done' : '', 'aria-current': one === now && now !== 'done' && 'step',
  }, t(`enrol.step-${one}`))));

  function form() {
    mark('who');
    const name = el('input', { type: 'text', required: true, maxlength: '64', autocomplete: 'off', autocapitalize: 'words' });
    const note = el('input', { type: 'text', maxlength: '200', autocomplete: 'off' });
    const consent = check(t('enrol.consent')), takesBadge = check(t('enrol.takes-badge'), { checked: true });
    const extended = check(t('enrol.extended'));
    const error = el('p', { class: 'error', role: 'alert', hidden: true });
    const begin = async event => {
      event.preventDefault();
      const missing = name.value.trim() === '' ? [name, t('enrol.name-missing')] : !consent.box.checked
        ? [consent.box, t('enrol.consent-missing')] : null;
      error.hidden = missing === null;
      if (missing) {
        setText(error, missing[1]);
        missing[0].focus();
        return;
      }
      const begun = await attempt(() => api.enrol({ name: name.value.trim(), hasConsented: true, consentNote: note.value.trim(),
        takesBadge: takesBadge.box.checked, isExtended: extended.box.checked }));
      if (begun) await follow();
    };
    place.replaceChildren(el('form', { class: 'card narrow', novalidate: true, on: { submit: begin } },
      field(t('enrol.name'), name),
      el('div', { class: 'stack' }, el('p', { class: 'hint' }, t('enrol.consent-means')), consent.row,
        field(t('enrol.note'), note, t('enrol.note-means'))),
      takesBadge.row, extended.row, error,
      el('button', { type: 'submit', class: 'button primary' }, t('enrol.begin'))));
  }

  async function follow() {
    const advice = el('p', { class: 'advice', 'aria-live': 'polite' }), words = el('p', { class: 'faint' });
    const bar = el('progress', { max: '5', value: 0, 'aria-label': t('enrol.taken') }), count = el('p', { class: 'numbers' });
    const card = el('div', { class: 'big' }, icon('badge'));
    picture ??= livePicture();
    place.replaceChildren(el('div', { class: 'two' },
      el('div', { class: 'card' }, advice, card, picture.view, words, bar, count),
      el('div', { class: 'stack' }, button(t('enrol.cancel'), cancel, 'danger'))));

    const look = async () => {
      const state = await attempt(() => api.enrolment());
      if (isLeft) return;
      if (state?.step === 'done' || state?.step === 'failed') {
        end(state);
        return;
      }
      if (state?.step) {
        const isCard = state.step === 'badge';
        mark(isCard ? 'badge' : 'pictures');
        card.hidden = !isCard;
        picture.view.hidden = isCard;
        bar.hidden = count.hidden = isCard;
        setText(advice, isCard ? t('enrol.present') : state.step === 'judging' ? t('enrol.judging') : adviceOf(state));
        setText(words, [state.badgeHint && t('enrol.read', { badge: state.badgeHint }), state.secondsLeft
          && t('enrol.left', { seconds: number(state.secondsLeft) })].filter(Boolean).join(' · '));
        bar.max = state.wanted;
        bar.value = state.taken;
        setText(count, t('enrol.count', { taken: state.taken, wanted: state.wanted }));
      }
      timer = setTimeout(look, EVERY);
    };
    await look();
  }

  async function cancel() {
    clearTimeout(timer);
    await attempt(() => api.endEnrolment());
    stopPicture();
    say(t('enrol.cancelled'));
    form();
  }

  function stopPicture() {
    picture?.stop();
    picture = null;
  }

  function end(state) {
    stopPicture();
    const isDone = state.step === 'done';
    mark(isDone ? 'done' : 'pictures');
    const title = el('h2', { tabindex: '-1' }, t(isDone ? 'enrol.done' : 'enrol.failed', { name: state.name }));
    place.replaceChildren(card(null,
      el('div', { class: `state ${isDone ? '' : 'warn'}` }, icon(isDone ? 'ok' : 'warning'), el('div', {}, title, el('p', {}, isDone
        ? t('enrol.done-means') : state.words))),
      facts([[t('person.pictures'), isDone ? String(state.taken) : null], [t('enrol.card'), state.badgeHint]]),
      el('div', { class: 'row' }, button(t(isDone ? 'enrol.next' : 'enrol.again'), form, 'primary'),
        el('a', { class: 'button', href: '#/people' }, t('screen.people')))));
    title.focus({ preventScroll: true });
  }

  main.append(el('div', { class: 'head' }, el('h1', { tabindex: '-1' }, t('screen.enrol'))), steps, place);
  // An enrolment that is under way is shown again after the screen was left.
  api.enrolment().then(state => {
    if (isLeft) return;
    if (state?.step && state.step !== 'done' && state.step !== 'failed') follow();
    else form();
  }, () => form());
  mark('who');
  return () => {
    isLeft = true;
    clearTimeout(timer);
    stopPicture();
  };
}

// The door's own words are the same in the terminal; the table has them in the visitor's language.
const adviceOf = state => state.advice ? tOr(`say.${state.advice}`, state.advice) : t('enrol.look');
