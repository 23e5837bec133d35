import { h, svg } from './dom.js';
import { capital, phrase, t } from './language.js';
import { count, figure, interval, intervalName } from './figure.js';

// small pieces that several views show

/** A link to another view; the router follows it without loading the page anew. */
export const link = (context, changes, ...children) => h('a', { href: context.href(changes), 'data-route': true }, children);

/** A figure that leads to its evidence: the value, or in words why there is none. */
export function value(context, row, { short = false } = {}) {
  if (!row) { return h('span', { class: 'none' }, t('noData')); }
  const label = `${context.catalog.name(row.indicator)}, ${context.places.nameOfRow(row)}: ${row.value === null ? whyNot(row) : figure(row.value, row.unit)}. ${t('showEvidence')}`;
  return h('a', { href: context.href({ row: row.row }), 'data-route': true, 'data-row': row.row, class: row.value === null ? 'figure none' : 'figure', title: row.value === null ? null : String(row.value), 'aria-label': label },
    row.value === null ? (short ? whyNot(row) : capital(whyNot(row))) : figure(row.value, row.unit));
}

/** Why a figure is not shown, in words. */
export const whyNot = row => (row.reason ? phrase('reason', row.reason) : row.status ? phrase('status', row.status) : t('noData'));

/** The interval of a row as a line of text, or null. */
export function range(row, withName = true) {
  const text = interval(row);
  return text ? h('span', { class: 'interval' }, withName ? `${intervalName(row.indicator)} ` : null, text) : null;
}

/** What a figure was divided from: 165 / 170. */
export const fraction = row => (row.numerator === null || row.numerator === undefined ? '' : row.denominator === null ? count(row.numerator) : `${count(row.numerator)} / ${count(row.denominator)}`);

/** A status as a badge. */
export const status = row => h('span', { class: `badge ${row.status}` }, capital(phrase('status', row.status)));

/** The flags as badges; each says on demand what it means. */
export const flags = row => (row.flags ?? []).map(flag => h('span', { class: 'flag', title: t(`explain.${flag}`) }, phrase('flag', flag)));

/** The status of a row of a table: flags stand for the warning that they are. */
export const statusCell = row => (row.status === 'PUBLISHED_WITH_WARNING' && row.flags?.length ? [h('span', { class: 'visually-hidden' }, `${phrase('status', row.status)}: `), flags(row)] : status(row));

/** A verdict as a badge. */
export const verdict = code => h('span', { class: `badge ${code}` }, capital(phrase('verdict', code)));

/** A section with a heading. */
export const section = (heading, ...children) => h('section', { class: 'panel' }, heading ? h('h2', {}, heading) : null, children);

/** Facts: pairs of a name and a value. */
export const facts = pairs => h('dl', { class: 'facts' }, pairs.filter(([, text]) => text !== null && text !== undefined && text !== '').map(([name, text]) => h('div', { class: text?.classList?.contains('long') ? 'wide' : null }, h('dt', {}, name), h('dd', {}, text))));

/** A line that says that there is nothing. */
export const empty = (text, ...more) => h('div', { class: 'empty' }, h('p', {}, text), more);

/** The last windows as a line without axes; what it says stands beside it in words. */
export function sparkline(all) {
  const has = all.map(point => point.value !== null);
  const points = all.slice(Math.max(0, has.indexOf(true)), has.lastIndexOf(true) + 1);
  const shown = points.filter(point => point.value !== null);
  if (shown.length < 3) { return null; }
  const [width, height, pad] = [140, 34, 4];
  const values = shown.flatMap(point => [point.value, point.low ?? point.value, point.high ?? point.value]);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const x = i => pad + (i * (width - 2 * pad)) / (points.length - 1);
  const y = number => height - pad - ((number - low) * (height - 2 * pad)) / (high - low || 1);
  const runs = [];
  points.forEach((point, i) => {
    if (point.value === null) { return; }
    if (i === 0 || points[i - 1].value === null) { runs.push([]); }
    runs[runs.length - 1].push([i, point]);
  });
  return svg('svg', { class: 'spark', viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true', focusable: 'false' },
    runs.filter(run => run.every(([, point]) => point.low !== null && point.high !== null) && run.length > 1).map(run =>
      svg('path', { class: 'band', d: `M${run.map(([i, point]) => `${x(i)} ${y(point.high)}`).join('L')}L${[...run].reverse().map(([i, point]) => `${x(i)} ${y(point.low)}`).join('L')}Z` })),
    runs.map(run => (run.length > 1
      ? svg('path', { class: 'line', d: `M${run.map(([i, point]) => `${x(i)} ${y(point.value)}`).join('L')}` })
      : svg('circle', { cx: x(run[0][0]), cy: y(run[0][1].value), r: 1.6 }))),
    svg('circle', { class: 'last', cx: x(points.indexOf(shown[shown.length - 1])), cy: y(shown[shown.length - 1].value), r: 2.6 }));
}

const mostOptions = 400;

/** A choice with a label: a list to pick from, or a field that suggests where the list would be too long. */
export function choice(label, options, selected, onchange, id) {
  return h('span', { class: 'choice' }, h('label', { for: id }, label), options.length > mostOptions
    ? suggestions(options, selected, onchange, id)
    : h('select', { id, onchange: event => onchange(event.target.value) }, options.map(([value, name]) => h('option', { value, selected: value === selected }, name))));
}

function suggestions(options, selected, onchange, id) {
  const byName = new Map(options.map(([value, name]) => [name, value]));
  const input = h('input', { id, list: `${id}-list`, autocomplete: 'off', value: options.find(([value]) => value === selected && value)?.[1] ?? '', placeholder: options[0][0] === '' ? options[0][1] : null,
    onfocus: () => input.select(), onchange: () => { if (byName.has(input.value)) { onchange(byName.get(input.value)); } } });
  return [input, h('datalist', { id: `${id}-list` }, options.map(([, name]) => h('option', { value: name })))];
}
