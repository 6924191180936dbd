// The table of words (words.json) in the language of the visitor.

const languages = ['en', 'de'];
let table = {};
let language = 'en';

/** Loads the table, and takes the language that was chosen here before, else the browser's. */
export async function loadWords() {
  const answer = await fetch('/words.json');
  if (!answer.ok) throw new Error(`words.json: ${answer.status}`);
  table = await answer.json();
  const wanted = [stored(), ...navigator.languages.map(one => one.slice(0, 2).toLowerCase())];
  use(wanted.find(one => languages.includes(one)) ?? 'en');
}

function stored() {
  try {
    return localStorage.getItem('language');
  } catch {
    return null; // A browser that stores nothing asks the visitor again next time.
  }
}

export function chooseLanguage(chosen) {
  try {
    localStorage.setItem('language', chosen);
  } catch {
    // The choice then lasts until the page is left.
  }
  use(chosen);
}

function use(chosen) {
  language = chosen;
  document.documentElement.lang = chosen;
}

export const currentLanguage = () => language;

export const allLanguages = () => languages;

/** The words of a key, with {name} replaced by the values. */
export function t(key, values = {}) {
  const words = table[key]?.[language] ?? key;
  return words.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** The words of a key, or the given text where the table has none: a newer door may have events that this page does not know. */
export function tOr(key, otherwise) {
  return table[key]?.[language] ?? otherwise;
}

/** DoorForced and door-forced become door-forced, as the table's keys are written. */
export function kebab(word) {
  return word.replace(/(?<!^)[A-Z]/g, capital => `-${capital}`).toLowerCase();
}

/** door-forced becomes Door forced. */
export function plain(word) {
  const spaced = kebab(word).replaceAll('-', ' ');
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

const locale = () => (language === 'de' ? 'de-DE' : 'en-GB');

export const clock = time => new Date(time).toLocaleTimeString(locale(), { hour: '2-digit', minute: '2-digit', second: '2-digit' });

export const shortClock = time => new Date(time).toLocaleTimeString(locale(), { hour: '2-digit', minute: '2-digit' });

export const day = time => new Date(time).toLocaleDateString(locale(), { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });

export const shortDay = time => new Date(time).toLocaleDateString(locale(), { day: 'numeric', month: 'short', year: 'numeric' });

export const number = (value, digits = 0) =>
  value.toLocaleString(locale(), { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** A moment: the time today, else the day and the time. */
export function moment(time) {
  const that = new Date(time);
  return that.toDateString() === new Date().toDateString() ? shortClock(that) : `${shortDay(that)}, ${shortClock(that)}`;
}

/** A span in its two largest units. */
export function span(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000)), minutes = Math.floor(seconds / 60), hours = Math.floor(minutes / 60);
  if (hours >= 24) return `${Math.floor(hours / 24)} d ${hours % 24} h`;
  if (hours > 0) return `${hours} h ${minutes % 60} min`;
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}
