import { h, put } from './dom.js';
import { capital, phrase, pick, t } from './language.js';
import { count, date, daysBetween, figure, instant, interval, intervalName, round, span } from './figure.js';
import { facts, flags, fraction, link, status, whyNot } from './parts.js';
import { text as placeText } from './places.js';

let dialog = null;

/** Closes the panel without telling anyone. */
export function closeEvidence() {
  const open = dialog;
  dialog = null;
  open?.close();
  open?.remove();
}

/** The evidence of a row: the figure, its definition, and the inputs that it was computed from. `closed` is called when the reader closes it. */
export async function showEvidence(context, number, closed) {
  if (dialog?.dataset.row === String(number)) { return; }
  closeEvidence();
  const mine = h('dialog', { class: 'evidence', 'aria-labelledby': 'evidence-title', 'data-row': number, 'aria-busy': 'true' });
  dialog = mine;
  mine.addEventListener('close', () => { if (dialog === mine) { dialog = null; mine.remove(); closed(); } });
  mine.addEventListener('click', event => { if (event.target === mine) { mine.close(); } });
  show(mine, t('evidence'), h('p', { class: 'note' }, t('loading')));
  document.body.append(mine);
  mine.showModal();
  try {
    const { dataset, revision } = context.publication;
    const answer = await context.get(`results/${encodeURIComponent(dataset)}/${revision}/${encodeURIComponent(number)}`, { dataset: null, revision: null });
    if (dialog === mine) { fill(context, mine, answer); }
  } catch (problem) {
    if (dialog === mine) { show(mine, t('evidence'), h('p', { class: 'error', role: 'alert' }, problem.message)); }
  }
  mine.removeAttribute('aria-busy');
}

function show(element, title, ...content) {
  put(element, h('div', { class: 'sheet' },
    h('div', { class: 'sheet-head' }, h('h2', { id: 'evidence-title', tabindex: '-1', autofocus: true }, title), h('button', { type: 'button', class: 'quiet', id: 'evidence-close', onclick: () => element.close() }, t('close'))),
    content));
  if (element.open) { element.querySelector('h2').focus(); }
}

function fill(context, element, { row, definition, publication, manifest }) {
  const { catalog, places } = context;
  const place = places.ofRow(row);
  show(element, `${catalog.name(row.indicator)} · ${places.nameOfRow(row)}`,
    h('section', { class: 'step' }, h('h3', {}, t('step.figure')),
      h('p', { class: row.value === null ? 'big none' : 'big' }, row.value === null ? capital(whyNot(row)) : figure(row.value, row.unit)),
      interval(row) ? h('p', { class: 'interval' }, `${intervalName(row.indicator)} ${interval(row)}`) : null,
      h('p', {}, status(row), ' ', flags(row)),
      row.value === null ? h('p', { class: 'note' }, t(`why.${row.status}`), definition?.publication_rule ? ` ${t('rule')} ${definition.publication_rule}` : null) : null,
      row.flags?.length ? h('ul', { class: 'explained' }, row.flags.map(flag => h('li', {}, h('strong', {}, capital(phrase('flag', flag))), pick('：', ': '), t(`explain.${flag}`)))) : null,
      facts([
        [t('window'), span(row.window_start, row.window_end)],
        [t('fraction'), fraction(row)],
        [t('exact'), row.value === null ? null : h('code', {}, String(row.value))],
        [t('unit'), row.value === null || row.unit === '1' ? null : row.unit === 'ratio' ? t('ratioUnit') : row.unit],
        ...counts(row.evidence),
      ]),
      h('p', {}, link(context, { view: 'indicator', indicator: row.indicator, place: place ? placeText(place) : context.state.place, below: null }, t('toIndicator')))),
    definition ? h('section', { class: 'step' }, h('h3', {}, t('step.definition')),
      h('p', {}, h('code', {}, row.definition ?? definition.definition), ' ', pick(definition.name_zh, definition.name_en)),
      h('p', { class: 'formula', lang: 'en' }, definition.formula),
      facts([
        [t('rule'), definition.publication_rule],
        [t('weights'), definition.weights],
        [t('profile'), manifest?.profile],
        [t('engine'), manifest?.engine],
        [t('options'), manifest?.options ? h('code', { class: 'long' }, Object.entries(manifest.options).map(([name, value]) => `${name}=${String(value)}`).join('  ')) : null],
      ])) : null,
    h('section', { class: 'step' }, h('h3', {}, t('step.inputs')),
      inputs(manifest?.inputs),
      facts([
        [t('revision'), publication ? `${publication.dataset} · ${t('revisionN', publication.revision)} · ${instant(publication.published_at)}` : null],
        [t('digest'), publication ? h('code', { class: 'long' }, publication.digest) : null],
        [t('asOfDate'), publication?.reference_date ? date(publication.reference_date) : null],
      ]),
      h('button', { type: 'button', onclick: () => save(row, { row, definition, publication, manifest }) }, t('saveJson'))));
}

// what the row says about its records; names that are not known stand as they are
function counts(evidence) {
  if (!evidence) { return []; }
  const known = ['n_received', 'n_valid', 'n_missing', 'n_invalid', 'n_unserved', 'n_lost', 'n_dup', 'n_conflict', 'n_clock_skew', 'n_days_base', 'n_days_after'];
  const quarantined = Object.entries(evidence.n_quarantined ?? {}).map(([reason, n]) => `${phrase('quarantine', reason)} ${count(n)}`).join(t('listComma'));
  const always = ['n_received', 'n_valid'];
  return [
    ...known.filter(name => evidence[name] !== undefined && evidence[name] !== null && (evidence[name] !== 0 || always.includes(name))).map(name => [t(`evidence.${name}`), count(evidence[name])]),
    [t('evidence.n_quarantined'), quarantined],
    [t('evidence.completeness'), evidence.completeness === null || evidence.completeness === undefined ? null : figure(evidence.completeness, 'ratio')],
    [t('evidence.input'), evidence.input ? t(`input.${evidence.input}`) : null],
    [t('evidence.baseline'), span(evidence.baseline_start, evidence.baseline_end)],
    [t('evidence.matched'), evidence.matched_share_base === undefined || evidence.matched_share_base === null ? null : `${figure(evidence.matched_share_base, 'ratio')} / ${figure(evidence.matched_share_after, 'ratio')}`],
    [t('evidence.records'), daysBetween(evidence.first_ts, evidence.last_ts)],
    [t('evidence.alpha'), evidence.alpha === undefined || evidence.alpha === null ? null : round(evidence.alpha, 2, 2, false) + ' %'],
    [t('evidence.ids'), evidence.evidence_ids?.length ? evidence.evidence_ids.join(t('listComma')) : null],
  ];
}

function inputs(list) {
  if (!list?.length) { return h('p', { class: 'note' }, t('noInputs')); }
  return h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': t('step.inputs') }, h('table', { class: 'small' },
    h('thead', {}, h('tr', {}, [t('input'), t('rows'), t('batches'), t('fingerprint')].map((name, i) => h('th', { scope: 'col', class: i === 1 || i === 2 ? 'number' : null }, name)))),
    h('tbody', {}, list.map(input => h('tr', {},
      h('th', { scope: 'row' }, input.name, input.replay_of ? h('span', { class: 'note' }, ` ${t('replayOf', input.replay_of)}`) : null),
      h('td', { class: 'number' }, count(input.rows)), h('td', { class: 'number' }, count(input.batches)),
      h('td', {}, h('details', { class: 'print' }, h('summary', {}, h('code', {}, String(input.fingerprint ?? '').slice(0, 12))), h('code', { class: 'long' }, input.fingerprint))))))));
}

function save(row, content) {
  const url = URL.createObjectURL(new Blob([JSON.stringify(content, null, 2)], { type: 'application/json' }));
  h('a', { href: url, download: `${row.indicator}-${row.row}.json` }).click();
  URL.revokeObjectURL(url);
}
