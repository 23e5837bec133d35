import { h, put } from '../dom.js';
import { current, t } from '../language.js';
import * as api from '../api.js';
import { choice, empty, section } from '../parts.js';

/** Official forms, filled from the publication, as files. */
export async function render(context) {
  const { place, places, publication, state } = context;
  const programmes = (await context.get('forms')).programmes;
  const readsAll = (context.session.who.grants ?? []).some(grant => grant.kind === 'read' && !/:/.test(grant.scope));
  const shown = programmes.filter(programme => readsAll || isOfFactory(programme));      // forms of all factories are for who sees all of them
  const factories = places.within(place);
  const chosen = factories.find(factory => factory.factory === state.factory) ?? factories[0];
  return {
    title: t('view.forms'),
    lead: [h('p', { class: 'note' }, t('formsNote', publication.revision)),
      chosen ? h('p', { class: 'picker' }, choice(t('factory'), factories.map(factory => [factory.factory, `${factory.name} (${factory.factory})`]), chosen.factory, factory => context.go({ factory }), 'factory')) : null],
    body: shown.length === 0 ? section(null, empty(t('noForms'))) : h('div', { class: 'columns' }, shown.map(programme => card(context, programme, chosen))),
  };
}

const isOfFactory = programme => (programme.scope ?? 'factory') === 'factory';

function card(context, programme, factory) {
  const said = h('p', { class: 'note', role: 'status' });
  const title = programme.title ?? programme.id;
  const perFactory = isOfFactory(programme);
  const formats = programme.formats ?? ['xlsx', 'docx', 'json'];
  return h('section', { class: 'panel form', 'data-programme': programme.id },
    h('h2', { lang: 'zh-CN' }, title),
    current() === 'en' && programme.summary ? h('p', {}, programme.summary) : null,
    h('p', { class: 'note' }, h('code', {}, programme.id), perFactory && factory ? ` · ${factory.name}` : null),
    h('div', { class: 'row' }, formats.map(format => h('button', { type: 'button', 'data-format': format, 'aria-label': `${t('download')} ${title} ${format}`, onclick: event => download(event.currentTarget, format) }, format))),
    said);

  async function download(button, format) {
    button.disabled = true;
    put(said, t('preparing'));
    try {
      const { dataset, revision } = context.publication;
      const { name, blob } = await api.file(`forms/${encodeURIComponent(programme.id)}`, { dataset, revision, factory: perFactory ? factory?.factory : null, format }, `${programme.id}.${format}`);
      const url = URL.createObjectURL(blob);
      h('a', { href: url, download: name }).click();
      setTimeout(() => URL.revokeObjectURL(url), 10_000);
      put(said, t('downloaded', name));
    } catch (problem) {
      put(said, h('span', { class: 'error' }, problem.message));
    } finally {
      button.disabled = false;
    }
  }
}
