import { current, t } from './language.js';

// Figures as the page shows them: rounded for reading, ties to even (GB/T 8170), as the report does. Never a source of numbers.

const scales = { 'bit/s': [[1e9, 'Gbit/s'], [1e6, 'Mbit/s'], [1e3, 'kbit/s']] };

/** A value in its unit: ratios as percent with one decimal, others with at most two; null is an empty text. */
export function figure(value, unit) {
  if (value === null || value === undefined) { return ''; }
  if (unit === 'ratio') { return `${round(value, 2, 1, true)}\u00a0%`; }
  const scale = (scales[unit] ?? []).find(([factor]) => Math.abs(value) >= factor);
  if (scale) { return `${round(value / scale[0], 0, 2, false)}\u00a0${scale[1]}`; }
  return unit === '1' ? round(value, 0, 2, false) : `${round(value, 0, 2, false)}\u00a0${unit}`;
}

/** The interval or the bounds of a row, or an empty text. */
export function interval(row) {
  if (row.low === null || row.high === null || row.low === undefined) { return ''; }
  return row.unit === 'ratio' ? `${round(row.low, 2, 1, true)} – ${round(row.high, 2, 1, true)} %` : `${figure(row.low, '1')} – ${figure(row.high, row.unit)}`;
}

/** What the interval of an indicator is: coverage has bounds of what was not measured, others have 95 % intervals. */
export const intervalName = indicator => (indicator.startsWith('cov_') ? t('bounds') : t('interval95'));

/** A difference with its sign, in percentage points or a unit. */
export function difference(value, unit) {
  if (value === null || value === undefined) { return ''; }
  const text = round(value, 0, unit === 'pp' ? 1 : 2, unit === 'pp');
  return `${value > 0 ? '+' : ''}${text}${unit === '1' || unit === '' ? '' : ` ${unit === 'pp' ? t('points') : unit}`}`;
}

/** A count with its thousands. Integers beyond 2^53 come as texts and stay exact. */
export function count(value) {
  if (value === null || value === undefined) { return ''; }
  const [whole, part] = plain(String(value)).split('.');
  return group(whole) + (part ? `.${part}` : '');
}

/** Rounds the shortest decimal form of a double, shifted by a power of ten, ties to even. */
export function round(value, shift, decimals, pads) {
  if (!Number.isFinite(value) || Math.abs(value) > 1e20) { return String(value); }
  const [digits, exponent] = plain(String(Math.abs(value))).split('.');
  const all = digits + (exponent ?? '');
  const kept = digits.length + shift + decimals;     // digits before the cut
  const padded = all.padEnd(Math.max(kept, all.length), '0');
  let number = kept > 0 ? BigInt(padded.slice(0, kept)) : 0n;
  const rest = kept >= 0 ? padded.slice(kept) : '0'.repeat(-kept) + padded;
  const half = rest.length === 0 ? -1 : compareHalf(rest);
  if (half > 0 || (half === 0 && number % 2n === 1n)) { number += 1n; }
  const text = number.toString().padStart(decimals + 1, '0');
  const whole = text.slice(0, text.length - decimals);
  let part = decimals === 0 ? '' : text.slice(-decimals);
  if (!pads) { part = part.replace(/0+$/, ''); }
  const sign = value < 0 && number !== 0n ? '-' : '';
  return sign + group(whole) + (part ? `.${part}` : '');
}

function compareHalf(rest) {
  if (rest[0] !== '5') { return rest[0] > '5' ? 1 : -1; }
  return /[1-9]/.test(rest.slice(1)) ? 1 : 0;
}

// 1.2e-7 as 0.00000012
function plain(text) {
  const match = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (!match) { return text; }
  const [, sign, whole, part = '', exponent] = match;
  const digits = whole + part;
  const at = whole.length + Number(exponent);
  if (at <= 0) { return `${sign}0.${'0'.repeat(-at)}${digits}`; }
  return at >= digits.length ? sign + digits.padEnd(at, '0') : `${sign}${digits.slice(0, at)}.${digits.slice(at)}`;
}

const group = whole => whole.replace(/\B(?=(\d{3})+$)/g, ',');

// the local day of an instant is what its text says: no zone of the browser comes in
const day = instant => new Date(`${instant.slice(0, 10)}T00:00:00Z`);
const isMidnight = instant => instant.slice(10, 19) === 'T00:00:00';
const days = () => ({ year: 'numeric', month: current() === 'en' ? 'short' : 'long', day: 'numeric' });
const format = options => new Intl.DateTimeFormat(current() === 'en' ? 'en-GB' : 'zh-CN', { timeZone: 'UTC', ...options });

/** A day: 2025年1月1日, 1 Jan 2025. */
export const date = instant => (instant ? format(days()).format(day(instant)) : '');

/** A month: 2024年12月, Dec 2024. */
export const month = instant => (instant ? format({ year: 'numeric', month: current() === 'en' ? 'short' : 'long' }).format(day(instant)) : '');

/** A day and the time of day. */
export const instant = text => (text ? `${date(text)} ${text.slice(11, 16)}` : '');

/** Days of a span, its last one included; instants where it does not begin and end at midnights. */
export function span(start, end) {
  if (!start || !end) { return ''; }
  if (!isMidnight(start) || !isMidnight(end)) { return `${instant(start)} – ${instant(end)}`; }
  if (start === end) { return date(start); }
  return range(day(start), new Date(day(end).getTime() - 86_400_000));
}

/** The days from one instant to another, both included. */
export const daysBetween = (first, last) => (first && last ? range(day(first), day(last)) : '');

const range = (first, last) => (current() === 'en' ? format(days()).formatRange(first, last) : chineseRange(first, last));

// 2024年3月13日至12月31日: what both days share is said once
function chineseRange(first, last) {
  const sameYear = first.getUTCFullYear() === last.getUTCFullYear();
  const sameMonth = sameYear && first.getUTCMonth() === last.getUTCMonth();
  if (first.getTime() === last.getTime()) { return format(days()).format(first); }
  return `${format(days()).format(first)}至${format({ ...(sameYear ? {} : { year: 'numeric' }), ...(sameMonth ? {} : { month: 'long' }), day: 'numeric' }).format(last)}`;
}
