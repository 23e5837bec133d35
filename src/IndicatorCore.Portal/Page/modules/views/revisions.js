import { h } from '../dom.js';
import { capital, phrase, t } from '../language.js';
import { count, difference, figure, instant, span } from '../figure.js';
import { text as placeText } from '../places.js';
import { table } from '../table.js';
import { empty, link, section, whyNot } from '../parts.js';

/** The revisions of the dataset, and what the one that is shown changed. */
export async function render(context) {
  const { catalog, places, publication, newest } = context;
  const [revisions, { changes, total }] = await Promise.all([
    context.get(`datasets/${encodeURIComponent(publication.dataset)}/revisions`, { dataset: null, revision: null }).then(answer => answer.revisions),
    publication.revision === 1 ? { changes: [] } : context.get('difference'),
  ]);
  return {
    title: t('revisionsOf', publication.dataset),
    lead: h('p', { class: 'note' }, t('revisionsNote')),
    body: [
      section(t('revisions'), table({
        caption: t('revisions'), items: revisions,
        columns: [
          { name: t('revision'), head: true, by: item => item.revision, first: 'desc', cell: item => [link(context, { revision: item.revision === newest.revision ? null : item.revision }, t('revisionN', item.revision)), item.revision === publication.revision ? h('span', { class: 'badge' }, t('shownNow')) : null] },
          { name: t('publishedAt'), by: item => item.published_at, cell: item => instant(item.published_at) },
          { name: t('rows'), number: true, by: item => item.rows, cell: item => count(item.rows) },
          { name: t('changes'), number: true, by: item => item.changes, cell: item => (item.changes === null ? '—' : count(item.changes)) },
          { name: t('digest'), cell: item => h('code', { title: item.digest }, item.digest.slice(0, 16)) },
        ],
      })),
      section(t('differenceOf', publication.revision),
        publication.revision === 1 ? empty(t('firstRevision')) : changes.length === 0 ? empty(t('noChanges')) : [
          h('p', { class: 'note' }, t('changesCount', count(total ?? changes.length))),
          table({
            caption: t('differenceOf', publication.revision), items: changes,
            columns: [
              { name: t('group'), head: true, by: change => places.nameOfRow(change.new ?? change.old), cell: change => context.placeLink(change.new ?? change.old) },
              { name: t('indicator'), by: change => catalog.name((change.new ?? change.old).indicator), cell: change => toIndicator(context, change.new ?? change.old) },
              { name: t('window'), wide: true, by: change => (change.new ?? change.old).window_start, cell: change => span((change.new ?? change.old).window_start, (change.new ?? change.old).window_end) },
              { name: t('was'), number: true, by: change => change.old?.value ?? null, cell: change => text(change.old) },
              { name: t('is'), number: true, by: change => change.new?.value ?? null, cell: change => text(change.new) },
              { name: t('difference'), number: true, by: change => Math.abs(gap(change) ?? 0), first: 'desc', cell: change => (gap(change) === null ? '' : change.new.unit === 'ratio' ? difference(gap(change) * 100, 'pp') : difference(gap(change), change.new.unit)) },
              { name: t('status'), by: change => change.new?.status, cell: change => (change.old && change.new && change.old.status !== change.new.status ? `${capital(phrase('status', change.old.status))} → ${phrase('status', change.new.status)}` : '') },
            ],
          }),
        ]),
    ],
  };
}

function toIndicator(context, row) {
  const place = context.places.ofRow(row);
  return link(context, { view: 'indicator', indicator: row.indicator, place: place ? placeText(place) : context.state.place }, context.catalog.name(row.indicator));
}

const gap = change => (change.old && change.new && change.old.value !== null && change.new.value !== null ? change.new.value - change.old.value : null);
const text = row => (!row ? '—' : row.value === null ? h('span', { class: 'none' }, whyNot(row)) : figure(row.value, row.unit));
