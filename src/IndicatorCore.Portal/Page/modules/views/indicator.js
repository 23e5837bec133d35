import { h } from '../dom.js';
import { capital, phrase, pick, t } from '../language.js';
import { span } from '../figure.js';
import { groupOf, levelOf, withinOf } from '../places.js';
import { kindsBelow, rowsBelow } from '../below.js';
import { headline, subjectOf, subjects } from '../catalog.js';
import { rank } from '../rank.js';
import { ranking, rankingTable, trend } from '../charts.js';
import { table } from '../table.js';
import { choice, empty, facts, flags, fraction, link, range, section, status, statusCell, value } from '../parts.js';

/** An indicator at a place: its figure, how it changes by month, the places below by rank, its parts and its definition. */
export async function render(context) {
  const { catalog, place, places, publication, state } = context;
  const id = state.indicator ?? headline.find(candidate => publication.indicators.includes(candidate)) ?? publication.indicators[0];
  const definition = catalog.of(id);
  const whole = definition?.id ?? id;
  const family = [whole, ...definition?.parts ?? []];
  const kinds = kindsBelow(context, 2);
  const [own, series, { below, rows: children, passed }] = await Promise.all([
    place.kind === 'all' ? [] : context.all('results', { level: levelOf(place.kind), group: groupOf(place), indicator: family.join(',') }),
    place.kind === 'all' || !context.calendar ? [] : context.all('results', { view: context.calendar, indicator: id, level: levelOf(place.kind), group: groupOf(place) }),
    rowsBelow(context, kinds, kind => context.all('results', { level: levelOf(kind), within: withinOf(place, places), indicator: id })),
  ]);
  const row = own.find(candidate => candidate.indicator === id);
  const parts = own.filter(candidate => candidate !== row);
  return {
    title: `${catalog.name(id)} · ${places.nameOf(place)}`,
    lead: picker(context, id),
    body: [
      place.kind === 'all' ? null : section(t('figure'), row ? [
        h('div', { class: 'headline' }, h('p', { class: 'big' }, value(context, row)), range(row), h('span', {}, status(row), ' ', flags(row))),
        facts([[t('window'), span(row.window_start, row.window_end)], [t('fraction'), fraction(row)]]),
      ] : empty(t('noFigureHere'))),
      place.kind === 'all' ? null : section(t('trend'), (series.length > 0 ? trend(context, { indicator: id, unit: series[0].unit, points: series }) : null) ?? empty(t('noTrend'))),
      below ? rankings(context, id, kinds, below, children, passed) : null,
      parts.length > 0 ? section(t('parts'), table({
        caption: t('parts'), items: parts,
        columns: [
          { name: t('indicator'), head: true, by: part => part.indicator, cell: part => link(context, { view: 'indicator', indicator: part.indicator }, catalog.name(part.indicator)) },
          { name: t('figure'), number: true, by: part => part.value, cell: part => value(context, part) },
          { name: t('interval'), number: true, cell: part => range(part, false) },
          { name: t('status'), cell: statusCell },
        ],
      })) : null,
      definition ? section(t('definition'), h('p', {}, h('code', {}, definition.definition), ' ', pick(definition.name_zh, definition.name_en)), h('p', { class: 'formula', lang: 'en' }, definition.formula),
        facts([[t('rule'), definition.publication_rule], [t('weights'), definition.weights], [t('unit'), definition.unit]])) : null,
    ],
  };
}

function rankings(context, id, kinds, below, rows, passed) {
  const ranks = rank(rows, context.catalog.isHigherBetter(id));
  const kept = rows.filter(row => row.value === null);
  return section(t('rankingBy', phrase('key', below).toLowerCase()),
    kinds.length > 1 ? choice(t('level'), kinds.map(option => [option, phrase('key', option)]), below, chosen => context.go({ below: chosen }), 'below') : null,
    passed ? h('p', { class: 'note' }, t('passedLevel', phrase('key', passed).toLowerCase(), phrase('key', below).toLowerCase())) : null,
    ranks.length === 0 ? empty(t('noneRanked')) : [
      h('p', { class: 'note' }, t('rankNote'), ' ', context.catalog.isHigherBetter(id) ? '' : t('lowerBetter')),
      ranks.length > 1 ? ranking(context, { indicator: id, unit: ranks[0].row.unit, ranks, level: below }) : rankingTable(context, { indicator: id, ranks, level: below }),
      ranks.length > 12 ? h('details', {}, h('summary', {}, t('allPlaces', ranks.length)), rankingTable(context, { indicator: id, ranks, level: below })) : null,
    ],
    kept.length === 0 ? null : h('details', { class: 'hidden-figures' }, h('summary', {}, t('notRanked', kept.length)),
      h('ul', {}, kept.slice(0, 300).map(row => h('li', {}, context.placeLink(row), t('colon'), value(context, row, { short: true }))))));
}

function picker(context, id) {
  const { catalog, publication } = context;
  const shown = publication.indicators.filter(candidate => !catalog.isPart(candidate) || candidate === id);
  const groups = subjects.map(([subject]) => subject).concat('others').map(subject => [subject, shown.filter(candidate => subjectOf(candidate) === subject)]).filter(([, ids]) => ids.length > 0);
  const select = h('select', { id: 'indicator', onchange: () => context.go({ indicator: select.value, below: context.state.below }) },
    groups.map(([subject, ids]) => h('optgroup', { label: t(`subject.${subject}`) }, ids.map(candidate => h('option', { value: candidate, selected: candidate === id }, catalog.name(candidate))))));
  return h('p', { class: 'picker choice' }, h('label', { for: 'indicator' }, capital(t('indicator'))), select);
}
