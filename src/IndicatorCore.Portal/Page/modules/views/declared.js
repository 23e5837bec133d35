import { h } from '../dom.js';
import { capital, phrase, t } from '../language.js';
import { difference, figure, interval, span } from '../figure.js';
import { withinOf } from '../places.js';
import { table } from '../table.js';
import { empty, flags, link, section, value, verdict } from '../parts.js';

const order = ['OVERSTATED', 'UNDERSTATED', 'CONSISTENT', 'UNVERIFIABLE'];

/** What factories declared, held against what was measured. */
export async function render(context) {
  const { catalog, place, places, state } = context;
  const declared = (await context.get('declared', { within: withinOf(place, places) })).declared;
  const indicators = [...new Set(declared.map(item => item.indicator))];
  const rows = indicators.length === 0 ? [] : await context.all('results', { level: 'factory', within: withinOf(place, places), indicator: indicators.join(',') });
  const measured = new Map(rows.map(row => [`${row.group.factory} ${row.indicator}`, row]));
  const rowOf = item => { const row = measured.get(`${item.factory} ${item.indicator}`); return row && row.value === (item.measured ?? null) ? row : null; };
  const shown = state.verdict ? declared.filter(item => item.verdict === state.verdict) : declared;
  const nameOf = item => places.byId.get(item.factory)?.name ?? item.factory;
  return {
    title: t('declaredOf', places.nameOf(place)),
    lead: h('p', { class: 'note' }, t('declaredNote')),
    body: declared.length === 0 ? section(null, empty(t('noDeclared'))) : section(t('declaredCount', declared.length),
      h('ul', { class: 'filters', 'aria-label': t('verdict') }, [null, ...order].map(code => {
        const n = code ? declared.filter(item => item.verdict === code).length : declared.length;
        return h('li', {}, link(context, { verdict: code }, code ? verdict(code) : t('all'), ` ${n}`));
      })),
      state.verdict ? h('p', { class: 'note' }, t('filtered', capital(phrase('verdict', state.verdict)), shown.length)) : null,
      table({
        caption: t('view.declared'), items: shown,
        columns: [
          { name: phrase('key', 'factory'), head: true, by: nameOf, cell: item => context.placeLink({ group: { factory: item.factory } }) },
          { name: t('indicator'), wide: true, by: item => catalog.name(item.indicator), cell: item => link(context, { view: 'indicator', indicator: item.indicator, place: `factory:${item.factory}`, verdict: null }, catalog.name(item.indicator)) },
          { name: t('declaredValue'), by: item => item.declared_value, number: true, cell: item => item.declared ?? item.text },
          { name: t('measured'), by: item => item.measured, number: true, cell: item => [measuredOf(context, item, rowOf(item)), interval(item) ? h('span', { class: 'interval' }, interval(item)) : null] },
          { name: t('difference'), by: item => item.difference, number: true, cell: item => difference(item.difference, item.difference_unit) },
          { name: t('verdict'), wide: true, by: item => order.indexOf(item.verdict), cell: item => [verdict(item.verdict), ' ', flags(item)] },
          { name: t('window'), wide: true, by: item => item.window_start, cell: item => span(item.window_start, item.window_end) },
        ],
      })),
  };
}

// the measured figure leads to its evidence, where its row is among those that are served
function measuredOf(context, item, row) {
  if (row) { return value(context, row); }
  return item.measured === null || item.measured === undefined ? h('span', { class: 'none' }, capital(phrase('reason', item.reason ?? 'NO_DATA'))) : figure(item.measured, item.unit);
}
