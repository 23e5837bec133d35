import { h } from '../dom.js';
import { capital, phrase, t } from '../language.js';
import { figure, interval, span } from '../figure.js';
import { Places, groupOf, levelOf, withinOf } from '../places.js';
import { comparison } from '../charts.js';
import { table } from '../table.js';
import { choice, empty, section, statusCell, value } from '../parts.js';

const families = [
  ['eff_gain', ['eff_gain', 'eff_gain.paasche', 'eff_gain.laspeyres', 'eff_gain.labour', 'eff_gain.machine', 'eff_gain.pooled']],
  ['cost_red', ['cost_red', 'cost_red.paasche', 'cost_red.laspeyres', 'cost_red.without_project_cost', 'cost_red.real', 'cost_red.pooled']],
];

/** Before and after: the gain in efficiency and the fall of cost, in every form, with their phases. */
export async function render(context) {
  const { place, places, publication, state } = context;
  const kinds = Places.below(place).filter(kind => publication.levels.includes(levelOf(kind)) && places.list(place, kind).length > 0);
  const below = kinds.includes(state.below) ? state.below : kinds[0];
  const ids = families.flatMap(([, family]) => family).join(',');
  const [own, children] = await Promise.all([
    place.kind === 'all' ? [] : context.all('results', { level: levelOf(place.kind), group: groupOf(place), indicator: ids }),
    below ? context.all('results', { level: levelOf(below), within: withinOf(place, places), indicator: families.map(([id]) => id).join(',') }) : [],
  ]);
  const known = children.filter(row => Object.values(row.group).every(part => part !== null));
  return {
    title: t('phasesOf', places.nameOf(place)),
    lead: h('p', { class: 'note' }, t('phasesNote')),
    body: [
      families.map(([id, family]) => {
        const rows = family.map(one => own.find(row => row.indicator === one)).filter(Boolean);
        const shown = rows.filter(row => row.value !== null);
        return section(context.catalog.name(id),
          rows.length === 0 ? empty(t('noFigureHere')) : [
            shown.length > 1 ? comparison(context, { title: t('formsOf', context.catalog.name(id)), rows: shown, unit: 'ratio', nameOf: row => t(`form.${row.indicator}`) }) : null,
            table({ caption: context.catalog.name(id), items: rows, columns: columns(context, { name: t('indicator'), cell: row => t(`form.${row.indicator}`) }) }),
          ]);
      }),
      below ? section(t('phasesBelow', phrase('key', below).toLowerCase()),
        kinds.length > 1 ? choice(t('level'), kinds.map(option => [option, phrase('key', option)]), below, chosen => context.go({ below: chosen === kinds[0] ? null : chosen }), 'below') : null,
        families.map(([id]) => {
          const rows = known.filter(row => row.indicator === id);
          return rows.length === 0 ? null : [h('h3', {}, context.catalog.name(id)),
            table({ caption: `${context.catalog.name(id)}, ${phrase('key', below)}`, items: rows, columns: columns(context, { name: capital(phrase('key', below)), cell: row => context.placeLink(row, 'phases'), by: row => places.nameOfRow(row) }) })];
        })) : null,
    ],
  };
}

function columns(context, first) {
  const of = (row, name) => row.evidence?.[name] ?? null;
  return [
    { head: true, ...first },
    { name: t('figure'), number: true, first: 'desc', by: row => row.value, cell: row => value(context, row) },
    { name: t('interval'), number: true, by: row => row.low, cell: row => interval(row) },
    { name: t('before'), cell: row => span(of(row, 'baseline_start'), of(row, 'baseline_end')) },
    { name: t('after'), cell: row => (row.value === null ? '' : span(row.window_start, row.window_end)) },
    { name: t('comparable'), number: true, by: row => of(row, 'matched_share_after'), cell: row => (of(row, 'matched_share_base') === null ? '' : `${figure(of(row, 'matched_share_base'), 'ratio')} / ${figure(of(row, 'matched_share_after'), 'ratio')}`) },
    { name: t('days'), number: true, by: row => of(row, 'n_days_after'), cell: row => (of(row, 'n_days_base') === null ? '' : `${of(row, 'n_days_base')} / ${of(row, 'n_days_after')}`) },
    { name: t('status'), by: row => row.status, cell: statusCell },
  ];
}
