import { h } from '../dom.js';
import { capital, phrase, t } from '../language.js';
import { figure, interval, span } from '../figure.js';
import { groupOf, levelOf, withinOf } from '../places.js';
import { kindsBelow, rowsBelow } from '../below.js';
import { comparison } from '../charts.js';
import { table } from '../table.js';
import { choice, empty, section, statusCell, value } from '../parts.js';

const families = [
  ['eff_gain', ['eff_gain', 'eff_gain.paasche', 'eff_gain.laspeyres', 'eff_gain.labour', 'eff_gain.machine', 'eff_gain.pooled']],
  ['cost_red', ['cost_red', 'cost_red.paasche', 'cost_red.laspeyres', 'cost_red.without_project_cost', 'cost_red.real', 'cost_red.pooled']],
];

/** Before and after: the gain in efficiency and the fall of cost, in every form, with their phases. */
export async function render(context) {
  const { place, places } = context;
  const kinds = kindsBelow(context);
  const ids = families.flatMap(([, family]) => family).join(',');
  const [own, { below, rows: children, passed }] = await Promise.all([
    place.kind === 'all' ? [] : context.all('results', { level: levelOf(place.kind), group: groupOf(place), indicator: ids }),
    rowsBelow(context, kinds, kind => context.all('results', { level: levelOf(kind), within: withinOf(place, places), indicator: families.map(([id]) => id).join(',') })),
  ]);
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
        kinds.length > 1 ? choice(t('level'), kinds.map(option => [option, phrase('key', option)]), below, chosen => context.go({ below: chosen }), 'below') : null,
        passed ? h('p', { class: 'note' }, t('passedLevel', phrase('key', passed).toLowerCase(), phrase('key', below).toLowerCase())) : null,
        families.map(([id]) => {
          const rows = children.filter(row => row.indicator === id);
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
    { name: t('before'), wide: true, cell: row => span(of(row, 'baseline_start'), of(row, 'baseline_end')) },
    { name: t('after'), wide: true, cell: row => (row.value === null ? '' : span(row.window_start, row.window_end)) },
    { name: t('comparable'), number: true, by: row => of(row, 'matched_share_after'), cell: row => (of(row, 'matched_share_base') === null ? '' : `${figure(of(row, 'matched_share_base'), 'ratio')} / ${figure(of(row, 'matched_share_after'), 'ratio')}`) },
    { name: t('days'), number: true, by: row => of(row, 'n_days_after'), cell: row => (of(row, 'n_days_base') === null ? '' : `${of(row, 'n_days_base')} / ${of(row, 'n_days_after')}`) },
    { name: t('status'), wide: true, by: row => row.status, cell: statusCell },
  ];
}
