import { nameOfGroup } from './places.js';

/**
 * The places of groups among others, as far as they can be told: of two groups one is ahead only when its whole interval is; figures without an interval that
 * are shown alike share their places. Suppressed figures are not ranked. The law is that of the HTML report (Rank.cs).
 */
export function rank(rows, descending) {
  const published = rows.filter(row => row.value !== null && Object.values(row.group).every(value => value !== null));
  const bounds = published.map(row => { const [low, high] = ends(row); return descending ? [low, high] : [-high, -low]; });
  const lows = bounds.map(bound => bound[0]).sort((a, b) => a - b);
  const highs = bounds.map(bound => bound[1]).sort((a, b) => a - b);
  return published
    .map((row, i) => {
      const first = 1 + lows.length - firstBeyond(lows, bounds[i][1], true);
      const last = published.length - firstBeyond(highs, bounds[i][0], false);
      return { row, first, last, text: first === last ? `${first}` : `${first}–${last}` };
    })
    .sort((a, b) => (descending ? b.row.value - a.row.value : a.row.value - b.row.value) || (nameOfGroup(a.row.group) < nameOfGroup(b.row.group) ? -1 : 1));
}

function ends(row) {
  if (row.low !== null && row.high !== null && row.low !== undefined) { return [row.low, row.high]; }
  const shown = Math.round(row.value * (row.unit === 'ratio' ? 1_000 : 100));
  return [shown, shown];
}

// how many of the sorted numbers are below the bound, or not above it
function firstBeyond(sorted, bound, inclusive) {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (sorted[middle] < bound || (inclusive && sorted[middle] === bound)) { from = middle + 1; } else { to = middle; }
  }
  return from;
}
