import { h } from '../dom.js';
import { capital, phrase, pick, t } from '../language.js';
import { count } from '../figure.js';
import { withinOf } from '../places.js';
import { table } from '../table.js';
import { empty, facts, section, value } from '../parts.js';

const shown = ['dq_completeness', 'dq_validity', 'dq_timeliness', 'dq_uniqueness', 'dq_consistency'];

/** How good the data are: completeness, validity, timeliness by place, and what was set aside and why. */
export async function render(context) {
  const { catalog, place, places } = context;
  const answer = await context.get('quality', { within: withinOf(place, places) });
  const rows = (answer.quality ?? []).filter(row => row.view === undefined || row.view === 'default');
  const quarantined = Object.entries(answer.quarantined ?? {});
  const levels = [...new Map(rows.map(row => [Object.keys(row.group).join(','), null])).keys()];
  const used = shown.filter(id => rows.some(row => row.indicator === id && row.value !== null));
  const unused = shown.filter(id => !used.includes(id) && rows.some(row => row.indicator === id));
  return {
    title: t('qualityOf', places.nameOf(place)),
    lead: h('p', { class: 'note' }, t('qualityNote'), ' ', unused.length > 0 ? t('notMeasured', unused.map(id => catalog.name(id)).join(t('listComma'))) : null),
    body: [
      answer.inputs === null || answer.inputs === undefined ? null : section(t('inputsTitle'),
        facts([[t('inputsCount'), count(answer.inputs)], [t('quarantinedRows'), count(quarantined.reduce((sum, [, n]) => sum + n, 0))]]),
        quarantined.length === 0 ? null : table({
          caption: t('quarantinedRows'), items: quarantined,
          columns: [{ name: t('reason'), head: true, by: ([reason]) => reason, cell: ([reason]) => [capital(phrase('quarantine', reason)), ' ', h('code', {}, reason)] }, { name: t('rows'), number: true, by: ([, n]) => n, first: 'desc', cell: ([, n]) => count(n) }],
        })),
      levels.length === 0 ? section(null, empty(t('noQuality'))) : levels.map(level => {
        const kind = level.split(',').pop();
        const groups = new Map();
        for (const row of rows.filter(candidate => Object.keys(candidate.group).join(',') === level)) {
          const name = JSON.stringify(row.group);
          if (!groups.has(name)) { groups.set(name, { row, of: new Map() }); }
          groups.get(name).of.set(row.indicator, row);
        }
        const title = pick(`按${phrase('key', kind)}`, `By ${phrase('key', kind).toLowerCase()}`);
        const content = table({
          caption: `${t('view.quality')}, ${phrase('key', kind)}`, items: [...groups.values()],
          columns: [
            { name: phrase('key', kind), head: true, by: item => places.nameOfRow(item.row), cell: item => context.placeLink(item.row, 'quality') },
            ...used.map(id => ({ name: catalog.name(id), number: true, by: item => item.of.get(id)?.value ?? null, cell: item => value(context, item.of.get(id)) })),
            { name: t('evidence.n_received'), number: true, first: 'desc', by: item => item.of.get('dq_validity')?.evidence?.n_received ?? null, cell: item => count(item.of.get('dq_validity')?.evidence?.n_received ?? null) },
          ],
        });
        return kind === 'line' && levels.length > 1 ? section(null, h('details', {}, h('summary', {}, `${title} (${groups.size})`), content)) : section(title, content);
      }),
    ],
  };
}
