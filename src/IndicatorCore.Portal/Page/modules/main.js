import { h, put } from './dom.js';
import * as api from './api.js';
import * as language from './language.js';
import * as route from './route.js';
import { Catalog } from './catalog.js';
import { Places, text as placeText } from './places.js';
import { dispose, fit, redraw } from './chart.js';
import { showEvidence, closeEvidence } from './evidence.js';
import { chrome, contextBar, notices } from './chrome.js';
import { signIn } from './session.js';
import { views } from './views.js';

const { t } = language;
const at = id => document.getElementById(id);
const every = 60_000;       // milliseconds between looks for a newer revision
const session = { who: null, datasets: [], catalog: null, newer: false, tag: null };
let shown = null;           // the address of the view that is on the page, without its evidence
let running = null;
let hasMoved = false;

start();

async function start() {
  language.choose(route.read().lang);
  api.onKeyNeeded(signIn);
  addEventListener('popstate', () => navigate());
  document.addEventListener('click', follow);
  addEventListener('beforeprint', () => { document.documentElement.classList.add('printing'); redraw(); fit(); });
  addEventListener('afterprint', () => { document.documentElement.classList.remove('printing'); redraw(); fit(); });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
  setInterval(look, every);
  document.addEventListener('visibilitychange', () => { if (!document.hidden) { look(); } });
  document.addEventListener('click', event => shut(event.target));
  document.addEventListener('keydown', event => { if (event.key === 'Escape') { shut(null); } });
  at('skip').addEventListener('click', event => { event.preventDefault(); at('main').focus(); });
  await restart();
}

// reads what all views need, then shows the view of the address
async function restart() {
  busy(true);
  session.who = null;
  frame(null);
  try {
    language.usePhrases(await phrases());
    session.who = await api.get('whoami');
    session.datasets = (await api.get('datasets')).datasets;
    session.tag = await api.tag('datasets', null);
    session.newer = false;
    session.catalog = new Catalog((await api.get('catalog')).indicators);
  } catch (problem) {
    frame(null);
    fail(problem, restart);
    return;
  }
  await navigate({ anew: true });
}

async function navigate({ anew = false } = {}) {
  const state = route.read();
  if (state.lang && state.lang !== language.current()) {
    language.choose(state.lang);
    anew = true;
  }
  if (!state.lang) {
    state.lang = language.current();
    history.replaceState(history.state, '', route.href(state));
  }
  const here = route.href({ ...state, row: null });
  if (here === shown && !anew) {
    evidence(running?.context, state.row);
    return;
  }
  closeEvidence();
  running?.abort.abort();
  const abort = new AbortController();
  const context = contextOf(state, abort);
  running = { abort, context };
  const isFirst = shown === null;
  const focused = document.activeElement?.id;
  shown = here;
  busy(true);
  try {
    await prepare(context);
    if (abort.signal.aborted) { return; }
    frame(context);
    if (!context.publication) {
      dispose();
      put(at('view'), nothing());
    } else {
      const view = views[state.view] ?? views.overview;
      put(at('view'), h('div', { class: 'loading' }, skeleton()));
      const content = await view.render(context);
      if (abort.signal.aborted) { return; }
      put(at('view'), h('h1', { tabindex: '-1' }, content.title), content.lead ?? null, content.body);
      document.title = `${content.title} · ${t('product')}`;
    }
  } catch (problem) {
    if (abort.signal.aborted) { return; }
    frame(context);
    fail(problem, () => navigate({ anew: true }));
    return;
  }
  busy(false);
  if (!isFirst || hasMoved) { settle(focused); }
  put(at('live'), document.title);
  evidence(context, state.row);
}

// a control that was used and is still there keeps the focus; else it goes to the new heading
function settle(id) {
  const control = id ? at(id) : null;
  if (control && /^(SELECT|BUTTON|INPUT)$/.test(control.tagName)) {
    control.focus({ preventScroll: true });
  } else {
    scrollTo(0, 0);
    at('view').querySelector('h1')?.focus({ preventScroll: true });
  }
}

async function prepare(context) {
  const { state } = context;
  const newest = session.datasets.find(dataset => dataset.dataset === state.dataset) ?? (state.dataset ? null : session.datasets[0]);
  if (state.dataset && !newest) { throw new api.Problem(404, t('notFound'), t('noDataset', state.dataset)); }
  context.newest = newest;
  context.calendar = newest?.views.includes('month') ? 'month' : newest?.views.find(view => view !== 'default');   // the windows of trends
  context.publication = newest;
  context.catalog = session.catalog;
  context.places = new Places([], session.who.grants);
  if (!newest) { return; }
  if (state.revision && Number(state.revision) !== newest.revision) {
    const revisions = (await api.get(`datasets/${encodeURIComponent(newest.dataset)}/revisions`)).revisions;
    context.publication = revisions.find(revision => revision.revision === Number(state.revision));
    if (!context.publication) { throw new api.Problem(404, t('notFound'), t('noRevision', state.revision, newest.dataset)); }
  }
  context.places = new Places((await context.get('places')).places, session.who.grants);
  context.place = context.places.of(state.place) ?? (state.place ? null : context.places.home);
  if (!context.place) { throw new api.Problem(404, t('notFound'), t('noPlace', state.place)); }
  if (!state.place && context.place.kind !== 'all') {       // another reader's home may be another place
    state.place = placeText(context.place);
    history.replaceState(history.state, '', route.href(state));
    shown = route.href({ ...state, row: null });
  }
  const line = context.place.kind === 'line' ? context.places.factoryOf(context.place)?.factory : null;
  context.group = context.place.kind === 'all' ? {} : line ? { factory: line, line: context.place.value } : { [context.place.kind]: context.place.value };
}

// what views ask of the page
function contextOf(state, abort) {
  const context = {
    state, session, abort, signal: abort.signal,
    /** The address of this view with changes; evidence is closed. */
    href: changes => route.href({ ...state, row: null, lang: language.current(), ...changes }),
    go: changes => move(context.href(changes)),
    replace: changes => { history.replaceState(null, '', context.href(changes)); navigate(); },
    /** JSON of an endpoint for the publication that is shown. */
    get: (path, parameters) => api.get(path, { ...publicationOf(context), ...parameters }, abort.signal),
    /** All pages of rows for the publication that is shown. */
    all: (path, parameters) => api.all(path, { ...publicationOf(context), ...parameters }, abort.signal),
    /** A place's name as a link to its overview, where the caller may see it. */
    placeLink: (row, view = 'overview') => {
      const place = context.places.ofRow(row);
      return place ? h('a', { href: context.href({ view, place: placeText(place), below: null }), 'data-route': true }, context.places.nameOf(place)) : context.places.nameOfRow(row);
    },
  };
  return context;
}

const publicationOf = ({ publication }) => (publication ? { dataset: publication.dataset, revision: publication.revision } : {});

function move(address) {
  hasMoved = true;
  if (route.href(route.read()) !== address) { history.pushState({ inside: true }, '', address); }
  return navigate();
}

function follow(event) {
  const link = event.target.closest?.('a[data-route]');
  if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) { return; }
  event.preventDefault();
  move(link.getAttribute('href'));
}

// what hangs open closes when the reader turns elsewhere
function shut(target) {
  const open = document.querySelector('.account[open]');
  if (open && !(target && open.contains(target))) { open.open = false; }
}

function evidence(context, row) {
  if (!context?.publication || row === null) {
    closeEvidence();
    return;
  }
  showEvidence(context, row, () => {
    if (history.state?.inside) { history.back(); } else { context.replace({ row: null }); }
  });
}

function frame(context) {
  chrome({
    context,
    session,
    switchLanguage: () => {
      language.choose(language.other());
      language.keep();
      history.replaceState(history.state, '', route.href({ ...route.read(), lang: language.current() }));
      hasMoved = true;
      navigate({ anew: true });
    },
    redraw,
    signIn: async () => { if (await signIn()) { shown = null; restart(); } },
    signOut: () => { api.useKey(null); shown = null; history.pushState(null, '', route.href({ view: 'overview', lang: language.current() })); restart(); },
  });
  if (context) { contextBar(context); } else { put(at('context')); }
  notices(context, session, () => { shown = null; history.replaceState(null, '', route.href({ ...route.read(), revision: null })); restart(); });
}

// whether another revision was published meanwhile: by the entity tag alone, without its content
async function look() {
  if (document.hidden || !session.tag || session.newer) { return; }
  try {
    if (await api.tag('datasets', session.tag) !== session.tag) {
      session.newer = true;
      frame(running?.context ?? null);
    }
  } catch { /* the next look may reach it */ }
}

function fail(problem, again) {
  busy(false);
  dispose();
  const status = problem.status === 401 ? t('needsKey') : problem.status === 403 ? t('mayNot') : problem.status === 404 ? t('notFound') : problem.status ? t('failed') : t('unreachable');
  document.title = `${status} · ${t('product')}`;
  put(at('view'), h('h1', { tabindex: '-1' }, status),
    h('div', { class: 'panel problem', role: 'alert' },
      h('p', {}, problem.status === 401 ? t('signInNote') : problem.status ? problem.message : t('unreachableNote')),
      problem.parameter ? h('p', { class: 'note' }, t('parameter', problem.parameter)) : null,
      h('div', { class: 'row' }, h('button', { type: 'button', class: 'primary', onclick: problem.status === 401 ? async () => { if (await signIn()) { restart(); } } : again }, problem.status === 401 ? t('signIn') : t('tryAgain')),
        h('a', { href: route.href({ view: 'overview', lang: language.current() }), 'data-route': true, class: 'button' }, t('toOverview')))));
}

function nothing() {
  return [h('h1', { tabindex: '-1' }, t('nothingTitle')), h('div', { class: 'panel empty' }, h('p', {}, t('nothingNote')), h('pre', {}, 'indicators serve data/sample --registry data/sample/registry'))];
}

function skeleton() {
  return [h('div', { class: 'bone title' }), h('div', { class: 'bones' }, [0, 1, 2, 3].map(() => h('div', { class: 'bone card' }))), h('div', { class: 'bone wide' })];
}

function busy(isBusy) {
  at('main').setAttribute('aria-busy', String(isBusy));
  if (isBusy) { dispose(); put(at('live'), t('loading')); }
}

async function phrases() {
  const response = await fetch(new URL('phrases.json', document.baseURI));
  if (!response.ok) { throw new api.Problem(response.status, t('failed'), 'phrases.json'); }
  return response.json();
}
