import { h, put } from './dom.js';
import { current, t } from './language.js';

const mostRows = 200;

/**
 * A table whose columns sort by buttons in their heads. A column: `name`, `cell(item)` (nodes), and where it sorts `by(item)` (a number or a text, null comes last);
 * `number` sets it to the right, `wide` keeps room for dates and flags, `head` makes its cells the heads of rows, `first` is `desc` where the first press sorts downwards.
 */
export function table({ caption, columns, items, sort = null, className = '' }) {
  let [by, descending] = sort ?? [null, false];
  let most = mostRows;
  const body = h('tbody');
  const heads = columns.map((column, i) => {
    const head = h('th', { scope: 'col', class: column.number ? 'number' : null });
    put(head, column.by
      ? h('button', { type: 'button', class: 'sort', onclick: () => { descending = by === i ? !descending : column.first === 'desc'; by = i; show(); } }, column.name, h('span', { class: 'arrow', 'aria-hidden': 'true' }))
      : column.name);
    return head;
  });
  const more = h('button', { type: 'button', class: 'more', onclick: () => { most += 1_000; show(); } });
  const element = h('div', { class: `table ${className}` },
    h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption }, h('table', {}, h('caption', { class: 'visually-hidden' }, caption), h('thead', {}, h('tr', {}, heads)), body)), more);
  show();
  return element;

  function show() {
    const sorted = by === null ? items : [...items].sort((a, b) => compare(columns[by].by(a), columns[by].by(b), descending));
    put(body, sorted.slice(0, most).map(item => h('tr', {}, columns.map(column => h(column.head ? 'th' : 'td', { scope: column.head ? 'row' : null, class: column.number ? 'number' : column.wide ? 'wide' : null }, column.cell(item))))));
    heads.forEach((head, i) => (i === by ? head.setAttribute('aria-sort', descending ? 'descending' : 'ascending') : head.removeAttribute('aria-sort')));
    more.hidden = sorted.length <= most;
    put(more, t('showMore', sorted.length - most));
  }
}

function compare(a, b, descending) {
  if (a === null || a === undefined || b === null || b === undefined) { return (a === null || a === undefined ? 1 : 0) - (b === null || b === undefined ? 1 : 0); }
  const order = typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), current(), { numeric: true });
  return descending ? -order : order;
}
