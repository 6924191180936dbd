// The doctor: what it found, the worst first, each with the next step.

import { api } from '../api.js';
import { button, el, icon, setText } from '../dom.js';
import { attempt } from '../messages.js';
import { moment, t } from '../words.js';

const icons = { fault: 'alarm', warning: 'warning', ok: 'ok' };

export function checkScreen(main) {
  const place = el('div', { class: 'stack' }), says = el('p', { role: 'status' });
  const run = button(t('check.do'), async () => {
    run.disabled = true;
    setText(says, t('check.running'));
    const report = await attempt(() => api.check());
    run.disabled = false;
    setText(says, report ? `${t(`check.${report.result}`)} ${t('check.at', { time: moment(new Date()) })}` : '');
    if (report) show(report);
  }, 'primary', 'check');

  function show(report) {
    place.replaceChildren(...Object.keys(icons).map(level => [level, report.findings.filter(one => one.level === level)])
      .filter(([, found]) => found.length > 0).map(([level, found]) => el('section', {},
        el('h2', { class: 'label' }, t(`check.level-${level}`,
        { n: found.length })), el('ul', { class: 'list' }, found.map(one => el('li', { class: `finding ${level}` }, icon(icons[level]),
        el('p', {}, el('strong', {}, one.check)), el('p', {}, one.what), one.next && el('p', { class: 'next' }, one.next)))))));
  }

  main.append(el('div', { class: 'head' }, el('h1', { tabindex: '-1' }, t('screen.check')), run),
    el('p', { class: 'faint' }, t('check.means')), says, place);
}
