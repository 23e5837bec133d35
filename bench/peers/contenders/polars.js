// Polars: a DataFrame in memory, or a scan of the Arrow files; both of its engines.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { FIRST, HOUR_MS, QUANTILE, QUESTIONS, READINGS } from '../lib/questions.js';
import { millionths } from '../lib/statistics.js';
import { serve, timed } from './protocol.js';

const require = createRequire(import.meta.url);
const pl = require('nodejs-polars');
const { col } = pl;

// truncating keeps the hour a timestamp; dividing it as an integer gave wrong groups
const hour = () => col('ts').dt.truncate('1h').alias('h');
const keyOnline = () => col('is_key').and(col('online'));
const covered = () => col('rsrp_dbm').gtEq(-105).and(col('sinr_db').gtEq(-3));
const radio = () => col('rsrp_dbm').isNotNull().and(col('sinr_db').isNotNull());
const rest = () => [
  col('good_units').cast(pl.Int64).sum().alias('good'),
  col('work_seconds').cast(pl.Int64).sum().alias('work'),
  col('energy_kwh').sum().alias('energy'),
  col('cost_yuan').sum().alias('cost'),
  col('latency_ms').min().alias('lat_min'),
  col('latency_ms').max().alias('lat_max'),
];

const SHAPES = {
  Q1: {
    'columns first': (rows) => rows
      .withColumns(hour(), keyOnline().alias('ko'), covered().alias('ok'), radio().alias('both'))
      .groupBy(['line', 'h'])
      .agg(pl.len().alias('rows'), col('online').sum().alias('online'), col('is_key').sum().alias('key'), col('ko').sum().alias('key_online'),
        col('ok').sum().alias('covered'), col('both').sum().alias('radio'), ...rest()),
    inline: (rows) => rows
      .groupBy([col('line'), hour()])
      .agg(pl.len().alias('rows'), col('online').sum().alias('online'), col('is_key').sum().alias('key'), keyOnline().sum().alias('key_online'),
        covered().sum().alias('covered'), radio().sum().alias('radio'), ...rest()),
  },
  Q2: {
    nUnique: (rows) => rows.filter(keyOnline()).groupBy([col('line'), hour()]).agg(col('device').nUnique().alias('key_devices')),
    'distinct rows first': (rows) => rows
      .filter(keyOnline())
      .select(col('line'), hour(), col('device'))
      .unique()
      .groupBy(['line', 'h'])
      .agg(pl.len().alias('key_devices')),
  },
  Q3: {
    quantile: (rows) => rows.groupBy([col('line'), hour()]).agg(col('latency_ms').quantile(QUANTILE).alias('p95')),
  },
};
const ENGINES = { 'in memory': undefined, streaming: { engine: 'streaming' } };

let open;

async function prepare({ data, order, setting }) {
  const file = join(data, `${order}.${setting === 'lz4' ? 'lz4' : 'uncompressed'}.arrow`);
  if (setting === 'memory') {
    const frame = pl.scanIPC(file).collectSync().rechunk();
    open = () => frame.lazy();
  } else {
    open = () => pl.scanIPC(file);
  }
  const questions = {};
  for (const [question, shapes] of Object.entries(SHAPES)) {
    questions[question] = Object.keys(shapes).flatMap((shape) => Object.keys(ENGINES).map((engine) => `${shape}, ${engine}`));
  }
  return { version: require('nodejs-polars/package.json').version, questions };
}

const ask = (question, formulation) => {
  const [shape, engine] = formulation.split(', ');
  return SHAPES[question][shape](open()).collectSync(ENGINES[engine]);
};

// the answer is made from the frame behind the clock
async function run({ question, formulation }) {
  const { ms, result } = await timed(() => ask(question, formulation));
  const figures = {};
  for (const name of Object.keys(QUESTIONS[question])) {
    figures[name] = column(result, name).reduce((sum, value) => sum + value, 0);
  }
  const first = column(result, FIRST[question]);
  const hours = hoursOf(result);
  return {
    ms,
    answer: {
      groups: first.filter((value) => value > 0).length,
      figures,
      weighted: first.reduce((sum, value, i) => sum + value * (hours[i] % 24 + 1), 0),
    },
  };
}

async function dump({ question, formulation, file }) {
  const result = ask(question, formulation);
  const names = Object.keys(QUESTIONS[question]);
  const lines = result.getColumn('line').cast(pl.Utf8).toArray();
  const hours = hoursOf(result);
  const columns = names.map((name) => column(result, name));
  const text = [['line', 'hour', ...names].join('\t')];
  for (let i = 0; i < lines.length; i++) {
    text.push([lines[i], hours[i], ...columns.map((values) => values[i])].join('\t'));
  }
  writeFileSync(file, `${text.join('\n')}\n`);
}

function column(frame, name) {
  const values = Array.from(frame.getColumn(name).cast(pl.Float64).toArray());
  return READINGS.has(name) ? values.map(millionths) : values;
}

const hoursOf = (frame) => Array.from(frame.getColumn('h').cast(pl.Int64).cast(pl.Float64).toArray()).map((ms) => ms / HOUR_MS);

await serve({ prepare, run, dump });
