// The door's mode, and its change.

import { api } from './api.js';
import { button, el, field, icon, setIcon, setText } from './dom.js';
import { choose } from './dialog.js';
import { may } from './door.js';
import { attempt, say } from './messages.js';
import { moment, t } from './words.js';

const looks = { normal: ['', 'ok'], unlocked: ['warn', 'unlocked'], lockdown: ['alarm', 'shield'] };
const minutes = [15, 30, 60, 120, 240, 480];

export function modeCard() {
  const name = el('strong'), more = el('p', { class: 'faint' });
  const change = may('technician') && button(t('mode.change'), changeMode, 'small');
  const box = el('section', { class: 'card', hidden: true }, el('div', { class: 'mode' }, icon('ok'), el('div', {}, name, more), change));
  return {
    box,
    update(status) {
      const mode = status?.mode;
      box.hidden = !mode;
      if (!mode) return;
      const [tone, named] = looks[mode.mode] ?? ['warn', 'warning'];
      box.className = `card ${tone}`;
      setIcon(box, named);
      setText(name, t(`mode.${mode.mode}`));
      setText(more, moreOf(mode));
    },
  };
}

function moreOf(mode) {
  const since = mode.since && t('mode.since', { time: moment(mode.since) });
  const until = mode.until && t('until', { time: moment(mode.until) });
  return [t(`mode.${mode.mode}-means`), [since, mode.by, until].filter(Boolean).join(' · '),
    mode.awaitsFirstPerson && t('mode.first-person'),
    mode.hoursSuspendedBy && t('mode.suspended', { by: mode.hoursSuspendedBy })].filter(Boolean).join(' ');
}

async function changeMode() {
  const length = el('select', {}, minutes.map(one => el('option', { value: one, selected: one === 60 }, one < 60
    ? t('mode.minutes', { n: one }) : t('mode.hours', { n: one / 60 }))));
  const time = field(t('mode.how-long'), length);
  time.hidden = true;
  const radio = mode => el('label', { class: 'check' }, el('input', { type: 'radio', name: 'mode', value: mode, checked: mode === 'normal',
    on: { change: () => { time.hidden = mode !== 'unlocked'; } } }), el('span', {}, el('strong', {}, t(`mode.${mode}`)), el('br'),
    el('span', { class: 'faint' }, t(`mode.${mode}-means`))));
  const content = el('div', { class: 'stack' }, ['normal', 'unlocked', 'lockdown'].map(radio), time);
  if (!await choose(t('mode.choose'), content, t('mode.do'))) return;
  const mode = content.querySelector('input:checked').value;
  if (await attempt(() => api.setMode({ mode, minutes: mode === 'unlocked' ? Number(length.value) : null }))) say(t('mode.changed'));
}
