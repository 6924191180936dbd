// The live picture with the box of the face, drawn on a canvas: no picture is kept, in the page or in the browser.

import { Refusal, api } from './api.js';
import { el, setText } from './dom.js';
import { wordsOf } from './messages.js';
import { kebab, t, tOr } from './words.js';

const PAUSE = 150, AFTER_FAILURE = 2000;

/** Shows pictures until stop is called. The function hears what the door sees in each: facts, or null without a picture. */
export function livePicture(hear = () => {}) {
  const canvas = el('canvas', { role: 'img', 'aria-label': t('picture.label') });
  const note = el('p', {}, t('picture.waiting'));
  const view = el('div', { class: 'view' }, canvas, note);
  let timer = null, isOver = false;

  async function next() {
    let wait = PAUSE;
    try {
      if (!document.hidden) {
        const { bitmap, facts } = await api.picture();
        if (isOver) return;
        draw(canvas, bitmap, facts);
        setText(note, '');
        hear(facts);
      }
    } catch (why) {
      if (isOver) return;
      if (why instanceof Refusal) setText(note, wordsOf(why));
      else setText(note, t('picture.none'));
      canvas.getContext('2d').clearRect(0, 0, canvas.width, canvas.height);
      hear(null);
      wait = AFTER_FAILURE;
    }
    timer = setTimeout(next, wait);
  }

  next();
  return { view, stop: () => { isOver = true; clearTimeout(timer); } };
}

function draw(canvas, bitmap, facts) {
  if (canvas.width !== bitmap.width || canvas.height !== bitmap.height) {
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
    canvas.parentElement.style.aspectRatio = `${bitmap.width} / ${bitmap.height}`;
  }
  const pen = canvas.getContext('2d');
  pen.drawImage(bitmap, 0, 0);
  bitmap.close();
  if (!facts.face) return;
  const { x, y, width, height } = facts.face, scale = canvas.width / (facts.width || canvas.width);
  const thick = Math.max(2, canvas.width / 160);
  for (const [colour, line] of [['#000', thick + 2], [facts.isUsable ? '#5fe39a' : '#ffc53d', thick]]) {
    pen.strokeStyle = colour;
    pen.lineWidth = line;
    pen.strokeRect(x * scale, y * scale, width * scale, height * scale);
  }
}

/** What the door sees, and what the person should do, in one sentence. */
export function seesWords(facts) {
  if (facts === null) return t('sees.nothing');
  if (facts.isUsable) return t('sees.usable');
  return facts.problem ? tOr(`sees.${kebab(facts.problem)}`, facts.words) : t('sees.nothing');
}
