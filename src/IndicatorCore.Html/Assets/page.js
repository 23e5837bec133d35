'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const root = document.documentElement;
  const charts = [];
  const words = {
    states: { zh: ['样本不足', '未覆盖', '覆盖'], en: ['too few samples', 'not covered', 'covered'] },
    samples: { zh: '有效样本', en: 'usable samples' },
    covered: { zh: '覆盖样本', en: 'covered samples' },
  };
  const lang = () => (root.lang === 'en' ? 'en' : 'zh');
  const isRatio = series => series.unit === 'ratio';
  const scale = (series, value) => (value === null ? null : isRatio(series) ? value * 100 : value);
  const axis = series => value => `${Number(value.toPrecision(12)).toLocaleString('en-US', { maximumFractionDigits: 12 })}${isRatio(series) ? ' %' : ''}`;
  // ends and steps that are round numbers, so that no two labels of an axis stand in each other's way
  const range = (series, fromZero) => {
    const all = series.points.flatMap(point => [point[1], point[2], point[3]]).filter(value => value !== null).map(value => scale(series, value));
    const low = Math.min(...all, ...(fromZero ? [0] : [])), high = Math.max(...all), room = (high - low || Math.abs(high) || 1) * 0.15;
    const least = low >= 0 ? Math.max(0, low - room) : low - room;
    const most = isRatio(series) && high <= 100 ? Math.min(100, high + room) : high + room;
    const power = 10 ** Math.floor(Math.log10((most - least) / 5)), rough = (most - least) / 5 / power;
    const step = (rough <= 1 ? 1 : rough <= 2 ? 2 : rough <= 2.5 ? 2.5 : rough <= 5 ? 5 : 10) * power;
    return { min: Math.floor(least / step) * step, max: Math.ceil(most / step) * step, interval: step };
  };
  const text = { fontFamily: getComputedStyle(document.body).fontFamily };

  const trend = series => {
    const monthly = series.points.every((point, i) => i === 0 || point[0].slice(0, 7) !== series.points[i - 1][0].slice(0, 7));
    const low = series.points.map(point => scale(series, point[2]));
    const band = series.points.map(point => (point[2] === null || point[3] === null ? null : scale(series, point[3]) - scale(series, point[2])));
    return {
      animation: false, textStyle: text,
      grid: { left: 60, right: 16, top: 16, bottom: 32 },
      tooltip: { trigger: 'axis', formatter: items => { const point = series.points[items[0].dataIndex]; return `${point[0]}<br>${point[4] || '—'}`; } },
      xAxis: { type: 'category', data: series.points.map(point => (monthly ? point[0].slice(0, 7) : point[0].slice(5))), boundaryGap: false },
      yAxis: { type: 'value', ...range(series, false), axisLabel: { formatter: axis(series) } },
      series: [
        { type: 'line', stack: 'band', silent: true, symbol: 'none', lineStyle: { opacity: 0 }, data: low },
        { type: 'line', stack: 'band', silent: true, symbol: 'none', lineStyle: { opacity: 0 }, areaStyle: { color: '#0b6bcb', opacity: 0.15 }, data: band },
        { type: 'line', symbolSize: 7, color: '#0b6bcb', connectNulls: false, data: series.points.map(point => scale(series, point[1])) },
      ],
    };
  };

  const whisker = (params, api) => {
    const at = api.value(0), [low, high] = [api.coord([api.value(1), at]), api.coord([api.value(2), at])];
    if (Number.isNaN(api.value(1))) { return null; }
    const line = (x1, y1, x2, y2) => ({ type: 'line', shape: { x1, y1, x2, y2 }, style: { stroke: '#1c2733', lineWidth: 1.5 } });
    return { type: 'group', children: [line(low[0], low[1], high[0], high[1]), line(low[0], low[1] - 4, low[0], low[1] + 4), line(high[0], high[1] - 4, high[0], high[1] + 4)] };
  };

  const ranking = series => {
    return {
      animation: false, textStyle: text,
      grid: { left: 8, right: 24, top: 8, bottom: 24, containLabel: true },
      tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, formatter: items => { const point = series.points[items[0].dataIndex]; return `${point[0].replace(/</g, '&lt;')}<br>${point[4]}`; } },
      xAxis: { type: 'value', ...range(series, true), axisLabel: { formatter: axis(series) } },
      yAxis: { type: 'category', inverse: true, data: series.points.map(point => point[0]), axisLabel: { width: 140, overflow: 'truncate', interval: series.points.length <= 20 ? 0 : 'auto', fontSize: series.points.length <= 10 ? 12 : 10 } },
      series: [
        { type: 'bar', color: '#7fb2e5', data: series.points.map(point => scale(series, point[1])) },
        { type: 'custom', renderItem: whisker, encode: { x: [1, 2], y: 0 }, data: series.points.map((point, i) => [i, scale(series, point[2]), scale(series, point[3])]).filter(item => item[1] !== null) },
      ],
    };
  };

  const map = cells => {
    const xs = cells.map(cell => cell[0]), ys = cells.map(cell => cell[1]);
    const span = values => { const low = Math.min(...values), high = Math.max(...values); return Array.from({ length: high - low + 1 }, (_, i) => low + i); };
    const [columns, rows] = [span(xs), span(ys)];
    return {
      animation: false, textStyle: text,
      grid: { left: 48, right: 16, top: 40, bottom: 40 },
      tooltip: { formatter: item => `(${item.data[5]}, ${item.data[6]}) ${words.states[lang()][item.data[2]]}<br>${words.samples[lang()]} ${item.data[3]}<br>${words.covered[lang()]} ${item.data[4]}` },
      xAxis: { type: 'category', data: columns, splitArea: { show: false } },
      yAxis: { type: 'category', data: rows },
      visualMap: { type: 'piecewise', orient: 'horizontal', left: 'center', top: 0, dimension: 2,
        pieces: [0, 1, 2].map(value => ({ value, label: words.states[lang()][value], color: ['#c5ced8', '#d9534f', '#2f9e62'][value] })) },
      series: [{ type: 'heatmap', data: cells.map(cell => [cell[0] - columns[0], cell[1] - rows[0], cell[2], cell[3], cell[4], cell[0], cell[1]]), itemStyle: { borderColor: '#fff', borderWidth: 1 } }],
    };
  };

  const draw = (id, option, name) => {
    const element = document.getElementById(id);
    if (!element) { return; }
    const chart = echarts.init(element, null, { renderer: 'svg' });
    charts.push({ chart, option, element, name });
  };

  data.trends.forEach((series, i) => draw(`trend-${i}`, () => trend(series), series));
  data.rankings.forEach((series, i) => draw(`rank-${i}`, () => ranking(series), series));
  const choice = document.getElementById('map-choice');
  if (choice) {
    draw('map', () => map(data.maps[choice.value]), { zh: '5G覆盖栅格图', en: 'Coverage by grid' });
    choice.addEventListener('change', () => show());
  }

  const show = () => charts.forEach(({ chart, option, element, name }) => {
    element.setAttribute('aria-label', name[lang()]);
    chart.setOption(option(), true);
  });
  const fit = () => charts.forEach(({ chart }) => { chart.resize(); chart.getZr().flush(); });
  const speak = language => { root.lang = language; show(); };
  document.getElementById('language').addEventListener('click', () => {
    const language = lang() === 'zh' ? 'en' : 'zh-CN';
    history.replaceState(null, '', `#lang=${language}`);
    speak(language);
  });
  const wanted = /^#lang=(en|zh-CN)$/.exec(location.hash);
  if (wanted) { root.lang = wanted[1]; }
  show();
  addEventListener('resize', fit);

  // the page is laid out for paper before the printer looks, so that charts can take the size that they will have there
  addEventListener('beforeprint', () => { root.classList.add('printing'); fit(); });
  addEventListener('afterprint', () => { root.classList.remove('printing'); fit(); });
})();
