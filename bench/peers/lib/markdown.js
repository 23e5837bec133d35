// The comparison as Markdown. Every ratio is the median of the rounds' ratios, every time the median of the rounds.
import { ENGINES, PEERS } from './engines.js';
import { median, medianRatio } from './statistics.js';

const ORDERS = { tm: 'time-major', sh: 'shuffled' };
const SETTINGS = { memory: 'in memory', file: 'file, uncompressed', lz4: 'file, compressed' };
const ABSENT = '–';

// results: { meta: {...}, entries: [{ order, setting, name, question, threads, formulation, ms }], memory: [...], agreement: [...], notes: [...] }
export function markdown(results) {
  const view = new View(results.entries);
  const sections = [
    heading(results.meta),
    answers(results.agreement),
    times(view),
    limits(view),
    scaling(view),
    builtIn(view),
    wholeProcess(view),
    memory(results.memory),
    formulations(results.entries),
    results.notes.length ? `## Notes\n\n${results.notes.map((note) => `* ${note}`).join('\n')}` : '',
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

class View {
  #entries;

  constructor(entries) {
    this.#entries = entries;
  }

  find(order, setting, name, question, threads = 0) {
    const found = this.#entries.filter((entry) => entry.order === order && entry.setting === setting && entry.name === name && entry.question === question);
    return found.find((entry) => entry.threads === threads) ?? (threads === 0 ? found.sort((a, b) => b.threads - a.threads)[0] : undefined);
  }

  all(of) {
    return [...new Set(this.#entries.map(of))];
  }

  get cases() {
    return Object.keys(ORDERS).flatMap((order) => Object.keys(SETTINGS).map((setting) => ({ order, setting })));
  }
}

function heading({ rows, rounds, threads, seed, cpu, versions, date }) {
  const list = ['ours', 'limits', ...PEERS].filter((name) => versions[name])
    .map((name) => `${name === 'limits' ? 'liblz4' : ENGINES[name].title} ${versions[name]}`).join(', ');
  return `# Peers\n\n${rows.toLocaleString('en')} rows, ${threads} threads, ${rounds} interleaved rounds in random order (seed ${seed}), ${date}.\n`
    + `${cpu}. ${list}.\n\nTimes in ms, medians; in parentheses how many times ours. Compare ratios, not the times of different runs.`;
}

function answers(agreement) {
  return agreement.length ? `## Agreement\n\n${agreement.map((line) => `* ${line}`).join('\n')}` : '';
}

function times(view) {
  const names = ['ours', 'ours-unchecked', ...PEERS].filter((name) => view.all((entry) => entry.name).includes(name));
  const lines = [];
  for (const { order, setting } of view.cases) {
    for (const question of ['Q1', 'Q2', 'Q3']) {
      const ours = view.find(order, setting, 'ours', question);
      const cells = names.map((name) => {
        const entry = view.find(order, setting, name, question);
        return entry ? `${number(median(entry.ms))}${entry !== ours && ours ? ` (${ratio(medianRatio(entry.ms, ours.ms))})` : ''}` : ABSENT;
      });
      if (cells.some((cell) => cell !== ABSENT)) {
        lines.push(row([`${question}, ${ORDERS[order]}, ${SETTINGS[setting]}`, ...cells]));
      }
    }
  }
  return lines.length ? `## Times\n\n${table(['', ...names.map((name) => ENGINES[name].title)], lines)}` : '';
}

// what Q1 takes against what no engine can pass
function limits(view) {
  const lines = [];
  const add = (order, setting, name, limit, title) => {
    const [ours, floor] = [view.find(order, setting, name, 'Q1'), view.find(order, setting, 'limits', limit)];
    if (ours && floor) {
      lines.push(row([`Q1, ${ORDERS[order]}: ${title}`, number(median(floor.ms)), number(median(ours.ms)), ratio(medianRatio(ours.ms, floor.ms)),
        ratio(medianRatio(floor.ms, ours.ms))]));
    }
  };
  for (const order of Object.keys(ORDERS)) {
    add(order, 'memory', 'ours', 'read', 'in memory / reading the buffers it touches');
    add(order, 'lz4', 'ours-unchecked', 'lz4-block', 'LZ4, checksums off / `LZ4_decompress_safe` alone');
    add(order, 'lz4', 'ours', 'lz4-frame', 'LZ4 / `LZ4F_decompress` alone');
  }
  return lines.length ? `## Against the limits\n\n${table(['', 'limit', 'ours', 'ours / limit', 'share of the limit'], lines)}` : '';
}

function scaling(view) {
  const lines = [];
  const gain = (entry, single) => (entry && single && entry !== single ? medianRatio(single.ms, entry.ms) : NaN);
  const add = (order, setting, name, limit, title) => {
    const ours = gain(view.find(order, setting, name, 'Q1'), view.find(order, setting, name, 'Q1', 1));
    const floor = gain(view.find(order, setting, 'limits', limit), view.find(order, setting, 'limits', limit, 1));
    if (!Number.isNaN(ours) && !Number.isNaN(floor)) {
      lines.push(row([`Q1, ${ORDERS[order]}: ${title}`, ratio(ours), ratio(floor), ratio(ours / floor)]));
    }
  };
  for (const order of Object.keys(ORDERS)) {
    add(order, 'memory', 'ours', 'read', 'in memory, against reading');
    add(order, 'lz4', 'ours-unchecked', 'lz4-block', 'LZ4, checksums off, against liblz4 blocks');
    add(order, 'lz4', 'ours', 'lz4-frame', 'LZ4, against liblz4 frames');
  }
  return lines.length ? `## One thread to all\n\n${table(['', 'ours', 'limit', 'ours / limit (at least 0.92)'], lines)}` : '';
}

function builtIn(view) {
  const lines = [];
  for (const { order, setting } of view.cases) {
    const [built, plain] = [view.find(order, setting, 'ours', 'Q4'), view.find(order, setting, 'ours', 'Q1')];
    if (built) {
      lines.push(row([`${ORDERS[order]}, ${SETTINGS[setting]}`, number(median(built.ms)), plain ? ratio(medianRatio(built.ms, plain.ms)) : ABSENT]));
    }
  }
  return lines.length ? `## Q4, built-in indicators with full evidence\n\n${table(['', 'Q4', 'Q4 / Q1 (at most 2.5, aim 1.6)'], lines)}` : '';
}

// the whole command, start and output included, against the query alone of the others
function wholeProcess(view) {
  const names = PEERS.filter((name) => view.all((entry) => entry.name).includes(name));
  const lines = [];
  for (const { order, setting } of view.cases) {
    for (const question of ['Q1', 'Q2', 'Q3', 'Q4']) {
      const whole = view.find(order, setting, 'process', question);
      if (whole) {
        const cells = names.map((name) => view.find(order, setting, name, question)).map((entry) => (entry ? ratio(medianRatio(entry.ms, whole.ms)) : ABSENT));
        lines.push(row([`${question}, ${ORDERS[order]}, ${SETTINGS[setting]}`, number(median(whole.ms)), ...cells]));
      }
    }
  }
  return lines.length
    ? `## Whole \`indicators run\`, from start to exit\n\n${table(['', 'ms', ...names.map((name) => `${ENGINES[name].title}, query alone / it`)], lines)}` : '';
}

function memory(records) {
  const names = ['ours', ...PEERS].filter((name) => records.some((record) => record.name === name));
  const lines = [];
  for (const order of Object.keys(ORDERS)) {
    for (const setting of Object.keys(SETTINGS)) {
      for (const question of ['Q1', 'Q2', 'Q3', 'Q4']) {
        const found = names.map((name) => records.find((record) => record.order === order && record.setting === setting
          && record.name === name && record.question === question));
        if (found.some((record) => record)) {
          const ours = found[names.indexOf('ours')];
          lines.push(row([`${question}, ${ORDERS[order]}, ${SETTINGS[setting]}`, ...found.map((record) => (record
            ? `${Math.round(record.bytes / 1e6)}${record !== ours && ours ? ` (${ratio(record.bytes / ours.bytes)})` : ''}` : ABSENT))]));
        }
      }
    }
  }
  return lines.length
    ? `## Peak private memory, MB\n\nOf a fresh process, one question; the peers' Node with their library loaded is subtracted, ours is whole.\n\n`
      + table(['', ...names.map((name) => ENGINES[name].title)], lines) : '';
}

function formulations(entries) {
  const lines = entries.filter((entry) => PEERS.includes(entry.name))
    .map((entry) => row([ENGINES[entry.name].title, `${entry.question}, ${ORDERS[entry.order]}, ${SETTINGS[entry.setting]}`, entry.formulation]));
  return lines.length ? `## Formulations that were fastest\n\n${table(['', 'case', 'formulation'], lines)}` : '';
}

const row = (cells) => `| ${cells.join(' | ')} |`;
const table = (headings, lines) => [row(headings), row(headings.map((_, i) => (i === 0 ? '---' : '---:'))), ...lines].join('\n');
const number = (value) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));
const ratio = (value) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));
