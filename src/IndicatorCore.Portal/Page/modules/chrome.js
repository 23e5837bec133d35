import { h, put, svg } from './dom.js';
import { capital, current, other, phrase, t } from './language.js';
import { date, instant } from './figure.js';
import { Places, text } from './places.js';
import { choice } from './parts.js';
import { menu } from './views.js';

const at = id => document.getElementById(id);

/** The head, the navigation and the foot of the page. */
export function chrome({ context, session, switchLanguage, redraw, signIn, signOut }) {
  document.getElementById('skip').textContent = t('skip');
  const state = context?.state ?? { view: 'overview' };
  put(at('top'),
    h('div', { class: 'brand' }, mark(), h('a', { href: context ? context.href({ view: 'overview', place: null, below: null }) : './', 'data-route': true }, t('product'))),
    h('div', { class: 'tools' },
      h('button', { type: 'button', id: 'share', onclick: event => share(context, event.currentTarget), disabled: !context?.publication }, t('copyLink')),
      h('button', { type: 'button', id: 'language', lang: other(), onclick: switchLanguage }, other() === 'en' ? 'English' : '中文'),
      themeChoice(redraw),
      account(session, signIn, signOut)));
  const side = at('side');
  side.setAttribute('aria-label', t('views'));
  put(side, h('ul', {}, menu.map(view => h('li', {}, h('a', {
    href: context ? context.href({ view, below: null }) : '#', 'data-route': true, 'aria-current': state.view === view ? 'page' : null,
  }, t(`view.${view}`))))));
  side.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  const publication = context?.publication;
  put(at('foot'),
    publication ? h('p', {}, t('footRevision', publication.dataset, publication.revision, instant(publication.published_at)), ' · SHA-256 ', h('code', { title: publication.digest }, publication.digest.slice(0, 12)), publication.disclosed ? ` · ${t('disclosed')}` : null) : null,
    h('p', {}, t('computed'), ' ', h('a', { href: 'openapi/v1.json' }, 'OpenAPI')));
}

/** Where the reader is: breadcrumbs, a choice of the next place, and what the figures are of. */
export function contextBar(context) {
  const { place, places, publication, state } = context;
  if (!publication || !place) { put(at('context')); return; }
  const path = places.path(place);
  const next = Places.below(place).find(kind => places.list(place, kind).length > 0);
  const options = next ? places.list(place, next) : [];
  const keeps = ['overview', 'indicator', 'phases', 'declared', 'quality'].includes(state.view);
  const to = target => context.href({ place: text(target), view: keeps ? state.view : 'overview', below: null, verdict: null });
  put(at('context'),
    h('nav', { class: 'crumbs', 'aria-label': t('placeOfFigures') }, h('ol', {}, path.map((step, i) => h('li', {},
      h('span', { class: 'kind' }, step.kind === 'all' ? null : phrase('key', step.kind)),
      i === path.length - 1 ? h('span', { 'aria-current': 'location' }, places.nameOf(step)) : h('a', { href: to(step), 'data-route': true }, places.nameOf(step)))))),
    options.length > 0 ? choice(t('goTo', phrase('key', next).toLowerCase()), [['', t('choose', options.length)], ...options.map(option => [text(option), places.nameOf(option)])], '', chosen => { if (chosen) { context.go({ place: chosen, view: keeps ? state.view : 'overview', below: null, verdict: null }); } }, 'next-place') : null,
    context.session.datasets.length > 1 ? choice(t('dataset'), context.session.datasets.map(dataset => [dataset.dataset, dataset.dataset]), publication.dataset, chosen => context.go({ dataset: chosen, revision: null, place: null, below: null }), 'dataset') : null,
    h('p', { class: 'asof' }, publication.reference_date ? t('asOf', date(publication.reference_date)) : null, ' · ',
      h('a', { href: context.href({ view: 'revisions' }), 'data-route': true }, t('revisionN', publication.revision))));
}

/** What the reader must know before reading: an older revision, a newer one. */
export function notices(context, session, reload) {
  const parts = [];
  if (context?.publication && context.publication.revision !== context.newest.revision) {
    parts.push(h('div', { class: 'notice', role: 'note' }, h('span', {}, t('olderRevision', context.publication.revision, context.newest.revision)),
      h('a', { class: 'button', href: context.href({ revision: null }), 'data-route': true }, t('toNewest'))));
  }
  if (session.newer) {
    parts.push(h('div', { class: 'notice', role: 'status' }, h('span', {}, t('newerRevision')), h('button', { type: 'button', onclick: reload }, t('showNewest'))));
  }
  put(at('notice'), parts);
}

function account(session, signIn, signOut) {
  const who = session.who;
  if (!who) { return h('button', { type: 'button', onclick: signIn }, t('signIn')); }
  const scope = grant => (/:/.test(grant.scope) ? `${phrase('key', grant.scope.slice(0, grant.scope.indexOf(':')))} ${grant.scope.slice(grant.scope.indexOf(':') + 1)}` : t('everything'));
  return h('details', { class: 'account' }, h('summary', { id: 'account' }, who.name || t('account')),
    h('div', { class: 'popover' },
      h('p', {}, h('strong', {}, who.name)),
      h('ul', {}, (who.grants ?? []).map(grant => h('li', {}, `${capital(t(`grant.${grant.kind}`))}: ${scope(grant)}`))),
      who.expires_at ? h('p', { class: 'note' }, t('expires', date(who.expires_at))) : null,
      h('button', { type: 'button', id: 'sign-in', onclick: signIn }, t('useKey')), ' ',
      sessionHasKey() ? h('button', { type: 'button', id: 'sign-out', onclick: signOut }, t('signOut')) : null));
}

function sessionHasKey() {
  try { return sessionStorage.getItem('indicators.key') !== null; } catch { return true; }
}

function themeChoice(redraw) {
  const root = document.documentElement;
  const select = h('select', { id: 'theme', 'aria-label': t('theme'), onchange: () => {
    if (select.value === 'system') { delete root.dataset.theme; } else { root.dataset.theme = select.value; }
    try { if (select.value === 'system') { localStorage.removeItem('indicators.theme'); } else { localStorage.setItem('indicators.theme', select.value); } } catch { /* for this page alone */ }
    redraw();
  } }, ['system', 'light', 'dark'].map(value => h('option', { value, selected: (root.dataset.theme ?? 'system') === value }, t(`theme.${value}`))));
  return select;
}

// the link names the revision, so that another reader sees the same figures
async function share(context, button) {
  const url = new URL(context.href({ row: new URLSearchParams(location.search).get('row'), dataset: context.publication.dataset, revision: context.publication.revision }), document.baseURI).href;
  try {
    await navigator.clipboard.writeText(url);
    put(button, t('copied'));
  } catch {
    history.replaceState(history.state, '', url);
    put(button, t('inAddress'));
  }
  put(at('live'), button.textContent);
  setTimeout(() => put(button, t('copyLink')), 2_500);
}

function mark() {
  return svg('svg', { class: 'mark', viewBox: '0 0 32 32', 'aria-hidden': 'true', focusable: 'false' }, svg('rect', { width: 32, height: 32, rx: 7 }), svg('path', { d: 'M7 24v-7h4v7zm7 0V8h4v16zm7 0V13h4v11z' }));
}
