// Builds elements. Text from the door is always text: nothing here parses markup.

const SVG = 'http://www.w3.org/2000/svg';
let fields = 0;

/** Makes an element. Properties: class, on (events), data (data- attributes), anything else an attribute; null and false leave it out. */
export function el(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'class') made.className = value;
    else if (name === 'on') for (const [event, act] of Object.entries(value)) made.addEventListener(event, act);
    else if (name === 'data') Object.assign(made.dataset, value);
    else if (name === 'value') made.value = value;
    else made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return made;
}

/** A picture of icons.svg beside a word, so that a screen reader skips it. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

/** Replaces the icon of an element that begins with one. */
export function setIcon(at, name) {
  const use = at.querySelector('use');
  if (use.getAttribute('href') !== `/icons.svg#${name}`) use.setAttribute('href', `/icons.svg#${name}`);
}

/** Writes a text only where it changed, so that a screen reader does not hear it again. */
export function setText(at, text) {
  if (at.textContent !== text) at.textContent = text;
}

export function button(text, act, kind = 'plain', named = null) {
  return el('button', { type: 'button', class: `button ${kind}`, on: { click: act } }, named && icon(named), el('span', {}, text));
}

/** A labelled field: the label, the input, and a hint that the input is described by. */
export function field(label, input, hint = null) {
  input.id ||= `field-${++fields}`;
  const about = hint && el('p', { class: 'hint', id: `${input.id}-hint` }, hint);
  if (about) input.setAttribute('aria-describedby', about.id);
  return el('div', { class: 'field' }, el('label', { for: input.id }, label), input, about);
}

export function check(label, properties = {}) {
  const box = el('input', { type: 'checkbox', ...properties });
  return { box, row: el('label', { class: 'check' }, box, el('span', {}, label)) };
}

/** A list of names and values; rows without a value are left out. */
export function facts(rows) {
  return el('dl', { class: 'facts' }, rows.filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value))));
}

export function card(title, ...children) {
  return el('section', { class: 'card' }, title && el('h2', {}, title), children);
}

export function empty(named, text) {
  return el('div', { class: 'empty' }, icon(named), el('p', {}, text));
}
