import { words } from './words.js';

let language = 'zh-CN';
let phrases = {};

/** `zh-CN` or `en`. */
export const current = () => language;

/** The other one. */
export const other = () => (language === 'en' ? 'zh-CN' : 'en');

/** Chooses the language: the address, else what was chosen last, else the browser's, else Chinese. */
export function choose(wanted) {
  const stored = read();
  const browser = (navigator.languages ?? []).map(tag => (/^zh/i.test(tag) ? 'zh-CN' : /^en/i.test(tag) ? 'en' : null)).find(tag => tag);
  language = [wanted === 'zh' ? 'zh-CN' : wanted, stored, browser].find(tag => tag === 'en' || tag === 'zh-CN') ?? 'zh-CN';
  document.documentElement.lang = language;
}

/** Keeps the choice for the next visit. */
export function keep() {
  try { localStorage.setItem('indicators.language', language); } catch { /* a browser without storage keeps it in the address alone */ }
}

/** Takes the phrases of codes: `{list: {code: [Chinese, English]}}`. */
export const usePhrases = given => { phrases = given; };

/** A text of the page; `{0}`, `{1}` are filled. */
export function t(key, ...values) {
  const pair = words[key];
  if (!pair) { return key; }
  return pair[language === 'en' ? 1 : 0].replace(/\{(\d)\}/g, (_, i) => values[i] ?? '');
}

/** One of two texts. */
export const pick = (chinese, english) => (language === 'en' ? english : chinese);

/** What a code means (status, reason, flag, verdict, key of grouping); the code itself where it is not known. */
export function phrase(list, code) {
  const pair = phrases[list]?.[code] ?? words[`${list}.${code}`];
  return pair ? pair[language === 'en' ? 1 : 0] : code ?? '';
}

/** A phrase as it begins a line: with a capital in English. */
export const capital = text => text.slice(0, 1).toUpperCase() + text.slice(1);

function read() {
  try { return localStorage.getItem('indicators.language'); } catch { return null; }
}
