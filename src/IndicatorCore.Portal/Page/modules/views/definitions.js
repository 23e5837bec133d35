import { h, put } from '../dom.js';
import { pick, t } from '../language.js';
import { subjectOf, subjects } from '../catalog.js';
import { facts, link, section } from '../parts.js';

/** Every indicator: names, formula, unit, publication rule. */
export async function render(context) {
  const { catalog, publication } = context;
  const list = h('div', { id: 'definitions-list' });
  const said = h('p', { class: 'note', role: 'status' });
  const search = h('input', { type: 'search', id: 'search', autocomplete: 'off', oninput: () => show(search.value) });
  show('');
  return {
    title: t('view.definitions'),
    lead: h('p', { class: 'picker choice' }, h('label', { for: 'search' }, t('search')), search, said),
    body: list,
  };

  function show(text) {
    const wanted = text.trim().toLowerCase();
    const found = catalog.indicators.filter(one => !wanted || `${one.id} ${one.name_zh} ${one.name_en} ${one.formula}`.toLowerCase().includes(wanted));
    put(said, t('found', found.length));
    put(list, subjects.map(([subject]) => subject).concat('others').map(subject => {
      const ofSubject = found.filter(one => subjectOf(one.id) === subject);
      return ofSubject.length === 0 ? null : section(t(`subject.${subject}`), ofSubject.map(one => h('details', { class: 'definition', open: wanted !== '' && found.length < 4 },
        h('summary', {}, h('strong', {}, pick(one.name_zh, one.name_en)), ' ', h('code', {}, one.definition)),
        h('p', { class: 'formula', lang: 'en' }, one.formula),
        facts([[t('otherName'), pick(one.name_en, one.name_zh)], [t('unit'), one.unit], [t('rule'), one.publication_rule], [t('weights'), one.weights], [t('parts'), one.parts?.join(t('listComma'))], [t('sources'), one.sources?.join('; ')]]),
        publication.indicators.includes(one.id) ? h('p', {}, link(context, { view: 'indicator', indicator: one.id }, t('toIndicator'))) : null)));
    }));
  }
}
