import { h } from '../dom.js';
import { capital, current, phrase, t } from '../language.js';
import { date, figure, instant, span } from '../figure.js';
import { groupOf, levelOf, withinOf } from '../places.js';
import { kindsBelow, rowsBelow } from '../below.js';
import { headline, subjectOf, subjects } from '../catalog.js';
import { rank } from '../rank.js';
import { table } from '../table.js';
import { choice, empty, flags, fraction, link, range, section, sparkline, status, value, verdict } from '../parts.js';

/** A place: its headline figures, the places below, all other figures, and what wants attention. */
export async function render(context) {
  const { place, places } = context;
  const kinds = kindsBelow(context);
  const within = withinOf(place, places);
  const [own, series, { below, rows: children, passed }, declared, alerts] = await Promise.all([
    place.kind === 'all' ? [] : context.all('results', { level: levelOf(place.kind), group: groupOf(place) }),
    place.kind === 'all' || !context.calendar ? [] : context.get('series', { view: context.calendar, indicator: [...headline, 'cov_sample'].join(','), level: levelOf(place.kind), group: groupOf(place) }).then(answer => answer.series),
    rowsBelow(context, kinds, kind => context.all('results', { level: levelOf(kind), within, indicator: [...headline, 'cov_sample'].join(',') })),
    place.kind === 'line' ? [] : context.get('declared', { within }).then(answer => answer.declared, () => []),
    context.get('alerts', { count: 50, revision: null }).then(answer => answer.alerts, () => []),
  ]);
  const shown = headlineOf(own);
  const mine = alerts.filter(alert => concerns(alert, place, places));
  const title = place.kind === 'all' ? t('overviewAll') : t('overviewOf', places.nameOf(place));
  return {
    title,
    lead: lead(context, place),
    body: [
      mine.length > 0 ? attention(context, mine) : null,
      place.kind === 'all' ? null : h('div', { class: 'cards' }, shown.map(id => card(context, id, own.find(row => row.indicator === id), series.find(line => line.indicator === id)))),
      below ? placesBelow(context, below, kinds, children, passed) : null,
      h('div', { class: 'columns' }, bySubject(context, own, shown), declared.length > 0 ? verdicts(context, declared) : null),
    ],
  };
}

// what can be shown of coverage stands under its own name
function headlineOf(rows) {
  const has = id => rows.some(row => row.indicator === id && row.value !== null);
  return headline.map(id => (id === 'cov_grid' && !has(id) && has('cov_sample') ? 'cov_sample' : id));
}

function lead(context, place) {
  const { places, publication } = context;
  const factories = places.within(place);
  const factory = place.kind === 'factory' || place.kind === 'line' ? places.factoryOf(place) : null;
  const cities = new Set(factories.map(item => item.city).filter(Boolean)).size;
  const lines = factories.reduce((sum, item) => sum + item.lines.length, 0);
  const number = n => n.toLocaleString(current());
  const pairs = factory
    ? [[t('factoryId'), factory.factory], [phrase('key', 'industry'), factory.industry], [phrase('key', 'district'), [factory.city, factory.district].filter(Boolean).join(' ')], [phrase('key', 'park'), factory.park], [phrase('key', 'zone'), factory.zone],
      place.kind === 'factory' ? [t('linesCount'), number(factory.lines.length)] : null]
    : [place.kind === 'city' ? null : [t('citiesCount'), number(cities)], [t('factoriesCount'), number(factories.length)], [t('linesCount'), number(lines)]];
  return h('dl', { class: 'lead' }, [...pairs, [t('dataUntil'), date(publication.reference_date)], [t('publishedAt'), instant(publication.published_at)]]
    .filter(pair => pair?.[1]).map(([name, text]) => h('div', {}, h('dt', {}, name), h('dd', {}, text))));
}

function card(context, id, row, line) {
  const spark = line ? sparkline(line.points.slice(-24)) : null;
  return h('article', { class: `card ${row?.status ?? ''}` },
    h('h2', {}, link(context, { view: 'indicator', indicator: id, below: null }, context.catalog.name(id))),
    h('div', { class: 'card-figure' }, h('p', { class: 'value' }, value(context, row)), spark),
    row && range(row) ? h('p', {}, range(row)) : null,
    row && fraction(row) ? h('p', { class: 'note' }, t(`of.${id}`) === `of.${id}` ? fraction(row) : t(`of.${id}`, ...fraction(row).split(' / '))) : null,
    row ? h('p', { class: 'badges' }, status(row), ' ', flags(row)) : null,
    row?.window_start ? h('p', { class: 'note' }, span(row.window_start, row.window_end)) : null);
}

function attention(context, alerts) {
  return h('div', { class: 'notice warn', role: 'note' }, h('div', {},
    h('strong', {}, t('alertsCount', alerts.length)),
    h('ul', {}, alerts.slice(0, 3).map(alert => h('li', {}, h('span', { class: 'note' }, instant(alert.at)), ' ', alertText(context, alert))))),
  link(context, { view: 'alerts' }, t('allAlerts')));
}

function placesBelow(context, kind, kinds, rows, passed) {
  const { catalog, places } = context;
  const shown = headlineOf(rows);
  const byPlace = new Map();
  for (const row of rows) {
    const name = JSON.stringify(row.group);
    if (!byPlace.has(name)) { byPlace.set(name, { row, of: new Map() }); }
    byPlace.get(name).of.set(row.indicator, row);
  }
  const ranks = new Map(shown.map(id => [id, new Map(rank(rows.filter(row => row.indicator === id), catalog.isHigherBetter(id)).map(place => [JSON.stringify(place.row.group), place]))]));
  const items = [...byPlace.entries()].map(([name, item]) => ({ ...item, name }));
  const factoryOf = item => places.factoryOf(places.ofRow(item.row) ?? {});
  return section(t('placesBelow', capital(phrase('key', kind))),
    kinds.length > 1 ? choice(t('level'), kinds.map(option => [option, phrase('key', option)]), kind, chosen => context.go({ below: chosen }), 'below') : null,
    passed ? h('p', { class: 'note' }, t('passedLevel', phrase('key', passed).toLowerCase(), phrase('key', kind).toLowerCase())) : null,
    items.length === 0 ? empty(t('noneBelow')) : [
      h('p', { class: 'note' }, t('rankNote')),
      table({
        caption: t('placesBelow', capital(phrase('key', kind))),
        items,
        className: 'places',
        columns: [
          { name: phrase('key', kind), head: true, by: item => places.nameOfRow(item.row), cell: item => [context.placeLink(item.row), kind === 'factory' ? h('span', { class: 'note' }, ` ${factoryOf(item)?.city ?? ''}`) : null] },
          ...(kind === 'city' ? [{ name: t('factoriesCount'), number: true, by: item => places.within(places.ofRow(item.row) ?? { kind: 'none' }).length, cell: item => places.within(places.ofRow(item.row) ?? { kind: 'none' }).length }] : []),
          ...shown.map(id => ({
            name: catalog.name(id), number: true, first: catalog.isHigherBetter(id) ? 'desc' : null, by: item => item.of.get(id)?.value ?? null,
            cell: item => cell(context, item.of.get(id), ranks.get(id).get(item.name), byPlace.size),
          })),
        ],
      }),
    ]);
}

function cell(context, row, place, among) {
  return [h('span', { class: 'cell-value' }, value(context, row)), place ? h('span', { class: 'rank', title: t('placeAmong', place.text, among) }, h('span', { class: 'visually-hidden' }, `${t('place')} `), place.text) : null,
    row && row.status === 'PUBLISHED_WITH_WARNING' ? h('span', { class: 'dot', title: row.flags.map(flag => phrase('flag', flag)).join(t('listComma')) }, h('span', { class: 'visually-hidden' }, phrase('status', row.status))) : null];
}

function bySubject(context, rows, without) {
  return subjects.map(([subject]) => subject).concat('others').map(subject => {
    const all = rows.filter(row => subjectOf(row.indicator) === subject && !without.includes(row.indicator) && !context.catalog.isPart(row.indicator));
    const shown = all.filter(row => row.value !== null);
    const hidden = all.filter(row => row.value === null);
    if (shown.length === 0 && hidden.length === 0) { return null; }
    return section(t(`subject.${subject}`),
      shown.length === 0 ? null : h('table', { class: 'figures' }, h('caption', { class: 'visually-hidden' }, t(`subject.${subject}`)),
        h('thead', { class: 'visually-hidden' }, h('tr', {}, h('th', { scope: 'col' }, t('indicator')), h('th', { scope: 'col' }, t('figure')))),
        h('tbody', {}, shown.map(row => h('tr', {},
          h('th', { scope: 'row' }, link(context, { view: 'indicator', indicator: row.indicator, below: null }, context.catalog.name(row.indicator)), ' ', flags(row)),
          h('td', { class: 'number' }, value(context, row), range(row, false)))))),
      hidden.length === 0 ? null : h('details', { class: 'hidden-figures' }, h('summary', {}, t('notShown', hidden.length)),
        h('ul', {}, hidden.map(row => h('li', {}, context.catalog.name(row.indicator), t('colon'), value(context, row, { short: true }))))));
  });
}

function verdicts(context, declared) {
  const order = ['OVERSTATED', 'UNDERSTATED', 'CONSISTENT', 'UNVERIFIABLE'];
  const counts = order.map(code => [code, declared.filter(figures => figures.verdict === code).length]).filter(([, n]) => n > 0);
  return section(t('view.declared'),
    h('p', {}, t('declaredCount', declared.length)),
    h('div', { class: 'bar', 'aria-hidden': 'true' }, counts.map(([code, n]) => h('span', { class: code, 'width%': (100 * n) / declared.length }))),
    h('ul', { class: 'legend' }, counts.map(([code, n]) => h('li', {}, link(context, { view: 'declared', verdict: code }, verdict(code), ` ${n}`)))));
}

/** An alert in the reader's language where it is of a figure and a threshold; else as it was written. */
export function alertText(context, alert) {
  const unit = context.catalog.of(alert.indicator)?.unit;
  return unit && alert.group && typeof alert.value === 'number' && typeof alert.threshold === 'number'
    ? `${context.places.nameOfRow(alert)}${t('colon')}${context.catalog.name(alert.indicator)} ${figure(alert.value, unit)}${t('listComma')}${t('threshold')} ${figure(alert.threshold, unit)}${alert.state === 'cleared' ? ` (${t('alert.cleared')})` : ''}`
    : alert.text;
}

/** Whether an alert is about a place, or about nothing smaller than the place. */
export function concerns(alert, place, places) {
  const about = alert.group ? places.ofRow({ group: alert.group }) : null;
  if (!about || place.kind === 'all') { return true; }
  return places.path(about).some(step => step.kind === place.kind && step.value === place.value);
}

