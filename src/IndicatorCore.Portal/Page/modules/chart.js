import { h, put } from './dom.js';
import { t } from './language.js';

// Charts by Apache ECharts on canvas: its SVG would carry style attributes, which the page's policy forbids. Every chart has a table that says the same.

const live = new Set();
let library = null;

/**
 * A chart with a heading and its table. `option(theme)` is what ECharts draws, `label` says it in words, `table()` makes the table, `height` and the greatest `width` are in rem.
 */
export function chart({ title, label, option, table, height = 18, width = null, onclick = null, note = null }) {
  const drawing = h('div', { class: 'drawing', role: 'img', 'aria-label': label });
  drawing.style.height = `${height}rem`;
  if (width !== null) { drawing.style.width = `min(100%, ${width}rem)`; }
  const rows = h('div', { class: 'as-table', hidden: true });
  const button = h('button', { type: 'button', class: 'quiet', 'aria-pressed': 'false', onclick: () => turn() }, t('asTable'));
  const figure = h('figure', { class: 'chart' }, h('figcaption', {}, h('span', {}, title), button), note ? h('p', { class: 'note' }, note) : null, drawing, rows);
  const entry = { drawing, option, onclick, instance: null };
  live.add(entry);
  draw(entry);
  return figure;

  function turn() {
    const asTable = rows.hidden;
    if (asTable && !rows.hasChildNodes()) { put(rows, table()); }
    rows.hidden = !asTable;
    drawing.hidden = asTable;
    button.setAttribute('aria-pressed', String(asTable));
    put(button, asTable ? t('asChart') : t('asTable'));
    if (!asTable) { entry.instance?.resize(); }
  }
}

/** Forgets the charts of the view that is left. */
export function dispose() {
  for (const entry of live) { entry.instance?.dispose(); }
  live.clear();
}

/** Draws all charts anew: the theme has changed. */
export function redraw() {
  for (const entry of live) { entry.instance?.setOption(entry.option(theme()), true); }
}

/** Fits all charts to the room they have. */
export function fit() {
  for (const entry of live) {
    entry.instance?.resize();
    entry.instance?.getZr().flush();
  }
}

/** What the tooltip of a chart shows: an element, for markup in strings would carry style attributes. */
export const tip = (...lines) => h('div', { class: 'tip' }, lines.filter(Boolean).map((line, i) => h(i === 0 ? 'strong' : 'span', {}, line)));

/** The colours of the page as it is now. */
export function theme() {
  const style = getComputedStyle(document.documentElement);
  const of = name => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: of('ink'), soft: of('soft'), line: of('line'), panel: of('panel'), accent: of('accent'), series: of('series'), mark: of('mark'), covered: of('covered'), uncovered: of('uncovered'), unmeasured: of('unmeasured'),
    font: style.fontFamily, size: style.fontSize,
  };
}

/** What all charts have in common. */
export const common = colours => ({
  animation: false,
  textStyle: { fontFamily: colours.font, color: colours.soft },
  tooltip: { backgroundColor: colours.panel, borderColor: colours.line, textStyle: { color: colours.ink, fontSize: 13 }, confine: true, transitionDuration: 0 },
});

async function draw(entry) {
  library ??= load();
  try {
    await library;
  } catch {
    library = null;
    put(entry.drawing, h('p', { class: 'none' }, t('noCharts')));
    return;
  }
  if (!live.has(entry)) { return; }
  entry.instance = globalThis.echarts.init(entry.drawing, null, { renderer: 'canvas', devicePixelRatio: Math.max(2, globalThis.devicePixelRatio) });
  entry.instance.setOption(entry.option(theme()));
  if (entry.onclick) { entry.instance.on('click', entry.onclick); }
  new ResizeObserver(() => { if (live.has(entry)) { entry.instance.resize(); } }).observe(entry.drawing);
}

function load() {
  return new Promise((resolve, reject) => {
    const script = h('script', { src: new URL('echarts.min.js', document.baseURI).href });
    script.addEventListener('load', resolve);
    script.addEventListener('error', reject);
    document.head.append(script);
  });
}
