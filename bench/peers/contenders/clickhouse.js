// ClickHouse in process (chdb): its own MergeTree, once as it is by default (LZ4 parts) and once uncompressed, or the Arrow files.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { HOUR_MS, QUANTILE } from '../lib/questions.js';
import { answerOf, checksumSql, dumpSql } from './sql.js';
import { serve, timed } from './protocol.js';

const { Session } = createRequire(import.meta.url)('chdb');

const DIALECT = {
  millionths: (x) => `toInt64(roundBankers(toFloat64(${x}) * 1e6))`,
  countIf: (condition) => `countIf(${condition})`,
  text: (x) => `toString(${x})`,
};
const COLUMNS = `ts DateTime64(3), factory LowCardinality(String), line LowCardinality(String), device UInt32, is_key Bool, online Bool,
  rsrp_dbm Nullable(Float32), sinr_db Nullable(Float32), latency_ms Float32, good_units Int32, work_seconds Int32, energy_kwh Float64, cost_yuan Float64`;
const HOUR = `intDiv(toUnixTimestamp64Milli(ts), ${HOUR_MS})`;
const KEY_ONLINE = 'is_key AND online';

// the source is named, for within an aggregation a column and a figure may bear one name
const byLineAndHour = (figures) => (source) => `SELECT t.line AS line, ${HOUR} AS h, ${figures} FROM ${source} AS t GROUP BY line, h`;
const quantile = (name) => byLineAndHour(`${name}(${QUANTILE})(t.latency_ms) AS p95`);
const SHAPES = {
  Q1: {
    countIf: byLineAndHour(`count() AS rows, countIf(t.online) AS online, countIf(t.is_key) AS key, countIf(t.is_key AND t.online) AS key_online,
      countIf(t.rsrp_dbm >= -105 AND t.sinr_db >= -3) AS covered, countIf(isNotNull(t.rsrp_dbm) AND isNotNull(t.sinr_db)) AS radio,
      sum(t.good_units) AS good, sum(t.work_seconds) AS work, sum(t.energy_kwh) AS energy, sum(t.cost_yuan) AS cost,
      min(t.latency_ms) AS lat_min, max(t.latency_ms) AS lat_max`),
  },
  Q2: {
    uniqExact: byLineAndHour('uniqExactIf(t.device, t.is_key AND t.online) AS key_devices'),
    'distinct rows first': (source) => `SELECT line, h, count() AS key_devices
      FROM (SELECT DISTINCT line, ${HOUR} AS h, device FROM ${source} WHERE ${KEY_ONLINE}) GROUP BY line, h`,
  },
  Q3: {
    quantile: quantile('quantile'),
    quantileExactLow: quantile('quantileExactLow'),
    quantileExactHigh: quantile('quantileExactHigh'),
  },
};

let folder;
let session;
let sources;
let settings;

async function prepare({ data, order, setting, threads }) {
  folder ??= mkdtempSync(join(tmpdir(), 'indicatorcore-peers-'));
  session ??= new Session(folder);
  settings = `SETTINGS max_threads = ${threads}, min_bytes_to_use_direct_io = 0, use_query_cache = 0`;
  const file = (codec) => `file('${join(data, `${order}.${codec}.arrow`)}', 'Arrow', '${COLUMNS}')`;
  if (setting === 'memory') {
    session.query('CREATE DATABASE IF NOT EXISTS peers');
    sources = {};
    for (const [name, codec] of [['LZ4 parts', 'LZ4'], ['plain parts', 'NONE']]) {
      const table = `peers.day_${codec.toLowerCase()}`;
      session.query(`DROP TABLE IF EXISTS ${table}`);
      session.query(`CREATE TABLE ${table} (${COLUMNS}) ENGINE = MergeTree ORDER BY tuple() SETTINGS default_compression_codec = '${codec}'`);
      session.query(`INSERT INTO ${table} SELECT * FROM ${file('uncompressed')}`);
      session.query(`OPTIMIZE TABLE ${table} FINAL`);
      sources[name] = table;
    }
  } else {
    sources = { file: file(setting === 'lz4' ? 'lz4' : 'uncompressed') };
  }
  const questions = {};
  for (const [question, shapes] of Object.entries(SHAPES)) {
    questions[question] = Object.keys(shapes).flatMap((shape) => Object.keys(sources).map((name) => `${shape}, ${name}`));
  }
  return { version: rows('SELECT version() AS v')[0].v, questions };
}

async function run({ question, formulation }) {
  const [shape, name] = formulation.split(', ');
  const sql = `${checksumSql(question, SHAPES[question][shape](sources[name]), DIALECT)} ${settings}`;
  const { ms, result } = await timed(() => session.query(sql, 'JSONEachRow'));
  return { ms, answer: answerOf(question, JSON.parse(result)) };
}

async function dump({ question, formulation, file }) {
  const [shape, name] = formulation.split(', ');
  const sql = dumpSql(question, SHAPES[question][shape](sources[name]), DIALECT);
  session.query(`INSERT INTO FUNCTION file('${file}', 'TSVWithNames') ${sql} ${settings}, engine_file_truncate_on_insert = 1`);
}

function rows(sql) {
  return session.query(sql, 'JSONEachRow').trim().split('\n').map((line) => JSON.parse(line));
}

function close() {
  session?.cleanup?.();
  if (folder) {
    rmSync(folder, { recursive: true, force: true });
  }
}

await serve({ prepare, run, dump, close });
