import { chart, common, tip } from './chart.js';
import { capital, phrase, pick, t } from './language.js';
import { figure, interval, intervalName, span } from './figure.js';
import { table } from './table.js';
import { range, statusCell, value, whyNot } from './parts.js';

const mostBars = 40;
const scaled = (number, unit) => (number === null || number === undefined ? null : unit === 'ratio' ? number * 100 : number);

// an axis of round steps around what is shown; no percentage beyond 0 and 100 that does not occur
function scale(rows, unit, withZero = false) {
  const all = rows.flatMap(row => [row.value, row.low, row.high]).filter(number => number !== null && number !== undefined).map(number => scaled(number, unit));
  let [low, high] = [Math.min(...all, ...(withZero ? [0] : [])), Math.max(...all, ...(withZero ? [0] : []))];
  const least = unit === 'ratio' ? 5 : Math.max(Math.abs(low), Math.abs(high)) * 0.2 || 1;      // small changes are not blown up to the height of the chart
  const lack = Math.max(0, least - (high - low)) / 2;
  const isPositive = low >= 0;
  const isShare = unit === 'ratio' && high <= 100;
  [low, high] = [low - lack, high + lack];
  const room = (high - low) * 0.08;
  const raw = (high - low + 2 * room) / 5;
  const power = 10 ** Math.floor(Math.log10(raw));
  const interval = [1, 2, 5, 10].find(step => step * power >= raw) * power;
  const min = Math.floor((low - room) / interval) * interval;
  const max = Math.ceil((high + room) / interval) * interval;
  return { type: 'value', min: isPositive ? Math.max(0, min) : min, max: isShare ? Math.min(100, max) : max, interval };
}

const axisLabel = unit => number => (unit === 'ratio' ? `${Number(number.toFixed(6))} %` : figure(number, unit));

/** How a figure changes from window to window: a line with its band; a gap is a window without a figure. */
export function trend(context, { indicator, unit, points }) {
  const name = context.catalog.name(indicator);
  const shown = trimmed(points);
  const known = shown.filter(point => point.value !== null);
  if (known.length === 0) { return null; }
  const label = point => point.window_start.slice(0, context.calendar === 'month' ? 7 : 10);
  const hasBand = shown.some(point => point.low !== null && point.high !== null);
  const last = known[known.length - 1];
  return chart({
    title: t('trendBy', name, t(`by.${context.calendar}`)),
    label: t('trendLabel', name, label(shown[0]), label(shown[shown.length - 1]), figure(last.value, unit), known.length),
    note: hasBand ? t('bandNote', intervalName(indicator)) : t('gapNote'),
    height: 19,
    onclick: event => { if (shown[event.dataIndex]) { context.go({ row: shown[event.dataIndex].row }); } },
    option: colours => {
      return {
        ...common(colours),
        grid: { left: 8, right: 36, top: 16, bottom: 8, containLabel: true },
        tooltip: { ...common(colours).tooltip, trigger: 'axis', formatter: items => {
          const point = shown[items[0].dataIndex];
          return tip(span(point.window_start, point.window_end), point.value === null ? capital(whyNot(point)) : figure(point.value, unit), interval({ ...point, unit }) ? `${intervalName(indicator)} ${interval({ ...point, unit })}` : null);
        } },
        xAxis: { type: 'category', boundaryGap: false, data: shown.map(label), axisLine: { lineStyle: { color: colours.line } }, axisTick: { lineStyle: { color: colours.line } }, axisLabel: { color: colours.soft, hideOverlap: true } },
        yAxis: { ...scale(shown, unit), axisLabel: { color: colours.soft, formatter: axisLabel(unit) }, splitLine: { lineStyle: { color: colours.line } } },
        series: [
          { type: 'line', stack: 'band', silent: true, symbol: 'none', lineStyle: { opacity: 0 }, data: shown.map(point => (point.high === null ? null : scaled(point.low, unit))) },
          { type: 'line', stack: 'band', silent: true, symbol: 'none', lineStyle: { opacity: 0 }, areaStyle: { color: colours.series, opacity: 0.18 }, data: shown.map(point => (point.low === null || point.high === null ? null : scaled(point.high, unit) - scaled(point.low, unit))) },
          { name, type: 'line', symbol: 'circle', symbolSize: 8, showAllSymbol: true, lineStyle: { width: 2.5 }, color: colours.series, connectNulls: false, data: shown.map(point => scaled(point.value, unit)) },
        ],
      };
    },
    table: () => table({
      caption: t('trendBy', name, t(`by.${context.calendar}`)),
      items: shown,
      columns: [
        { name: t('window'), wide: true, head: true, by: point => point.window_start, cell: point => span(point.window_start, point.window_end) },
        { name: t('figure'), number: true, by: point => point.value, cell: point => value(context, point) },
        { name: intervalName(indicator), number: true, by: point => point.low, cell: point => interval({ ...point, unit }) },
        { name: t('status'), by: point => point.status, cell: statusCell },
      ],
    }),
  });
}

/** Places by one figure: a point with its interval each, the best first. */
export function ranking(context, { indicator, unit, ranks, level }) {
  const name = context.catalog.name(indicator);
  const shown = ranks.slice(0, mostBars);
  const rows = shown.map(place => place.row);
  const label = place => `${place.text}  ${context.places.nameOfRow(place.row)}`;
  return chart({
    title: t('rankingOf', name, phrase('key', level)),
    label: t('rankingLabel', name, ranks.length, context.places.nameOfRow(ranks[0].row), figure(ranks[0].row.value, unit)),
    note: ranks.length > mostBars ? t('rankingCut', mostBars, ranks.length) : null,
    height: Math.max(8, 3.4 + shown.length * 1.55),
    onclick: event => { if (shown[event.dataIndex]) { context.go({ row: shown[event.dataIndex].row.row }); } },
    option: colours => {
      const withBounds = shown.map((place, i) => [scaled(place.row.low, unit), scaled(place.row.high, unit), i]).filter(bound => bound[0] !== null && bound[1] !== null);
      return {
        ...common(colours),
        grid: { left: 8, right: 28, top: 8, bottom: 8, containLabel: true },
        tooltip: { ...common(colours).tooltip, trigger: 'axis', axisPointer: { type: 'shadow', shadowStyle: { color: colours.line, opacity: 0.4 } }, formatter: items => {
          const place = shown[items[0].dataIndex];
          return tip(context.places.nameOfRow(place.row), figure(place.row.value, unit), interval(place.row) ? `${intervalName(indicator)} ${interval(place.row)}` : null, `${t('place')} ${place.text}`);
        } },
        xAxis: { ...scale(rows, unit), position: 'top', axisLabel: { color: colours.soft, formatter: axisLabel(unit), hideOverlap: true }, splitLine: { lineStyle: { color: colours.line } } },
        yAxis: { type: 'category', inverse: true, data: shown.map(label), axisLine: { show: false }, axisTick: { show: false }, axisLabel: { color: colours.ink, width: 190, overflow: 'truncate', interval: 0, fontSize: 12 }, splitLine: { show: false } },
        series: [
          { name, type: 'scatter', symbolSize: 11, color: colours.series, data: shown.map(place => scaled(place.row.value, unit)), z: 3 },
          { type: 'custom', silent: true, renderItem: (_, api) => whisker(api, colours), encode: { x: [0, 1], y: 2 }, data: withBounds, z: 2 },
        ],
      };
    },
    table: () => rankingTable(context, { indicator, ranks, level }),
  });
}

/** The ranking as a table. */
export function rankingTable(context, { indicator, ranks, level, more = [] }) {
  return table({
    caption: t('rankingOf', context.catalog.name(indicator), phrase('key', level)),
    items: ranks,
    columns: [
      { name: t('place'), number: true, by: place => place.first * 1e6 + place.last, cell: place => place.text },
      { name: phrase('key', level), head: true, by: place => context.places.nameOfRow(place.row), cell: place => context.placeLink(place.row) },
      { name: t('figure'), number: true, by: place => place.row.value, first: 'desc', cell: place => value(context, place.row) },
      { name: intervalName(indicator), number: true, by: place => place.row.low, cell: place => range(place.row, false) },
      ...more,
    ],
  });
}

function whisker(api, colours) {
  const at = api.value(2);
  const [low, high] = [api.coord([api.value(0), at]), api.coord([api.value(1), at])];
  const line = (x1, y1, x2, y2) => ({ type: 'line', shape: { x1, y1, x2, y2 }, style: { stroke: colours.mark, lineWidth: 2 } });
  return { type: 'group', children: [line(low[0], low[1], high[0], high[1]), line(low[0], low[1] - 5, low[0], low[1] + 5), line(high[0], high[1] - 5, high[0], high[1] + 5)] };
}

/** The cells of a floor, each covered, not covered or with too few samples. */
export function coverageMap(context, { name, cells, states }) {
  const [xs, ys] = [cells.map(cell => cell.x), cells.map(cell => cell.y)];
  const run = values => { const low = Math.min(...values); return Array.from({ length: Math.max(...values) - low + 1 }, (_, i) => low + i); };
  const [columns, rows] = [run(xs), run(ys)];
  const side = Math.max(0.5, Math.min(2.6, 58 / columns.length, 60 / rows.length));     // of a square cell, in rem
  const of = cell => states.indexOf(cell.state);
  const counts = states.map((_, i) => cells.filter(cell => of(cell) === i).length);
  return chart({
    title: name,
    label: t('mapLabel', name, cells.length, counts[2], counts[1], counts[0]),
    height: 6 + rows.length * side,
    width: Math.max(27, 5 + columns.length * side),
    option: colours => ({
      ...common(colours),
      // cells stay square where the legend needs more room than they do
      grid: { left: 8, right: 16 + Math.max(0, 22 - columns.length * side) * parseFloat(colours.size), top: 44, bottom: 8, containLabel: true },
      tooltip: { ...common(colours).tooltip, formatter: item => {
        const cell = cells[item.dataIndex];
        return tip(`(${cell.x}, ${cell.y})`, t(`cell.${of(cell)}`), `${t('usableSamples')} ${cell.usable}`, `${t('coveredSamples')} ${cell.covered}`);
      } },
      xAxis: { type: 'category', data: columns, splitArea: { show: false }, axisLabel: { color: colours.soft }, axisLine: { lineStyle: { color: colours.line } } },
      yAxis: { type: 'category', data: rows, axisLabel: { color: colours.soft }, axisLine: { lineStyle: { color: colours.line } } },
      visualMap: {
        type: 'piecewise', orient: 'horizontal', left: 'left', top: 0, dimension: 2, itemSymbol: 'rect', textStyle: { color: colours.ink },
        pieces: states.map((_, i) => ({ value: i, label: `${t(`cell.${i}`)} ${counts[i]}`, color: [colours.unmeasured, colours.uncovered, colours.covered][i] })),
      },
      series: [{ type: 'heatmap', data: cells.map(cell => [cell.x - columns[0], cell.y - rows[0], of(cell)]), itemStyle: { borderColor: colours.panel, borderWidth: 1 } }],
    }),
    table: () => table({
      caption: name,
      items: cells,
      sort: [2, false],
      columns: [
        { name: pick('列 x', 'Column x'), number: true, by: cell => cell.x, cell: cell => cell.x },
        { name: pick('行 y', 'Row y'), number: true, by: cell => cell.y, cell: cell => cell.y },
        { name: t('status'), by: cell => [1, 0, 2].indexOf(of(cell)), cell: cell => t(`cell.${of(cell)}`) },
        { name: t('usableSamples'), number: true, by: cell => cell.usable, cell: cell => cell.usable },
        { name: t('coveredSamples'), number: true, by: cell => cell.covered, cell: cell => cell.covered },
      ],
    }),
  });
}

/** Several figures of one place side by side, each with its interval. */
export function comparison(context, { title, rows, unit, nameOf }) {
  return chart({
    title,
    label: `${title}: ${rows.map(row => `${nameOf(row)} ${figure(row.value, unit)}`).join(t('listComma'))}`,
    height: 4 + rows.length * 2,
    onclick: event => { if (rows[event.dataIndex]) { context.go({ row: rows[event.dataIndex].row }); } },
    option: colours => {
      const bounds = rows.map((row, i) => [scaled(row.low, unit), scaled(row.high, unit), i]).filter(bound => bound[0] !== null && bound[1] !== null);
      return {
        ...common(colours),
        grid: { left: 8, right: 28, top: 8, bottom: 8, containLabel: true },
        tooltip: { ...common(colours).tooltip, trigger: 'axis', axisPointer: { type: 'shadow', shadowStyle: { color: colours.line, opacity: 0.4 } }, formatter: items => { const row = rows[items[0].dataIndex]; return tip(nameOf(row), figure(row.value, unit), interval(row) ? `${intervalName(row.indicator)} ${interval(row)}` : null); } },
        xAxis: { ...scale(rows, unit, true), position: 'top', axisLabel: { color: colours.soft, formatter: axisLabel(unit), hideOverlap: true }, splitLine: { lineStyle: { color: colours.line } } },
        yAxis: { type: 'category', inverse: true, data: rows.map(nameOf), axisTick: { show: false }, axisLine: { lineStyle: { color: colours.line } }, axisLabel: { color: colours.ink, width: 200, overflow: 'truncate' } },
        series: [
          { type: 'scatter', symbolSize: 12, color: colours.series, z: 3, data: rows.map(row => scaled(row.value, unit)) },
          { type: 'custom', silent: true, renderItem: (_, api) => whisker(api, colours), encode: { x: [0, 1], y: 2 }, data: bounds, z: 2 },
        ],
      };
    },
    table: () => table({
      caption: title,
      items: rows,
      columns: [
        { name: t('indicator'), head: true, cell: nameOf },
        { name: t('figure'), number: true, by: row => row.value, cell: row => value(context, row) },
        { name: t('interval95'), number: true, by: row => row.low, cell: row => interval(row) },
      ],
    }),
  });
}

// windows before the first and after the last with anything to say are left away
function trimmed(points) {
  const says = points.map(point => point.value !== null || point.status === 'SUPPRESSED');
  const first = says.indexOf(true);
  return first < 0 ? [] : points.slice(first, says.lastIndexOf(true) + 1);
}
