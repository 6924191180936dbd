// What leaves the house, and what waits.

import { api } from '../api.js';
import { button, card, el, empty, facts, icon } from '../dom.js';
import { attempt } from '../messages.js';
import { moment, number, t } from '../words.js';

export function linksScreen(main) {
  const place = el('div', { class: 'stack' });
  async function load() {
    const found = await attempt(() => api.links());
    if (found === null) return;
    const channels = found.links?.channels ?? [], away = found.links?.door;
    place.replaceChildren(...(away ? [el('div', { class: 'banner alarm' }, icon('offline'), el('div', {}, away))] : []),
      ...(channels.length === 0 ? [empty('link', t('links.none'))] : channels.map(channel)));
  }

  main.append(el('div', { class: 'head' }, el('h1', { tabindex: '-1' }, t('screen.links')),
    button(t('links.refresh'), load, 'small', 'turn')),
    el('p', { class: 'faint' }, t('links.means')), place);
  load();
}

// The channel as 'dooragent link status' knows it: ChannelStatus.
function channel(one) {
  const state = one.isOff ? 'off' : one.isConnected ? 'connected' : 'waiting';
  return card(null, el('div', { class: 'row apart' }, el('h2', { class: 'row' }, icon('link'), one.name),
    el('span', { class: `chip ${state === 'connected' ? 'calm' : 'warn'}` }, t(`link.${state}`))),
  facts([
    [t('links.waiting'), one.waiting === undefined ? null : number(one.waiting)],
    [t('links.delivered'), one.lastDelivery && moment(one.lastDelivery)],
    [t('links.next'), one.nextTry && moment(one.nextTry)],
    [t('links.fault'), one.failure && `${one.failure}${one.failedAt ? ` (${moment(one.failedAt)})` : ''}`],
  ]));
}
