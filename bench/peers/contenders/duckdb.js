// DuckDB: its own table with ENUM keys, or its own files (Parquet, of which these rows were made). It reads no Arrow IPC without an extension.
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { HOUR_MS, QUANTILE } from '../lib/questions.js';
import { answerOf, checksumSql, dumpSql } from './sql.js';
import { serve, timed } from './protocol.js';

const DIALECT = {
  millionths: (x) => `round_even(${x}::DOUBLE * 1e6, 0)::BIGINT`,
  countIf: (condition) => `count(*) FILTER (WHERE ${condition})`,
  text: (x) => `${x}::VARCHAR`,
};
const HOUR = `(epoch_ms(ts) // ${HOUR_MS})`;
const REST = `sum(good_units) AS good, sum(work_seconds) AS work, sum(energy_kwh) AS energy, sum(cost_yuan) AS cost,
  min(latency_ms) AS lat_min, max(latency_ms) AS lat_max`;
const COVERED = 'rsrp_dbm >= -105 AND sinr_db >= -3';
const KEY_ONLINE = 'is_key AND online';

const byLineAndHour = (figures) => (source) => `SELECT line, ${HOUR} AS h, ${figures} FROM ${source} GROUP BY ALL`;
const SHAPES = {
  Q1: {
    filter: byLineAndHour(`count(*) AS rows, count(*) FILTER (WHERE online) AS online, count(*) FILTER (WHERE is_key) AS key,
      count(*) FILTER (WHERE ${KEY_ONLINE}) AS key_online, count(*) FILTER (WHERE ${COVERED}) AS covered,
      count(*) FILTER (WHERE rsrp_dbm IS NOT NULL AND sinr_db IS NOT NULL) AS radio, ${REST}`),
    casts: byLineAndHour(`count(*) AS rows, sum(online::INT) AS online, sum(is_key::INT) AS key, sum((${KEY_ONLINE})::INT) AS key_online,
      sum((${COVERED})::INT) AS covered, count(rsrp_dbm + sinr_db) AS radio, ${REST}`),
  },
  Q2: {
    distinct: byLineAndHour(`count(DISTINCT device) FILTER (WHERE ${KEY_ONLINE}) AS key_devices`),
    'distinct rows first': (source) => `SELECT line, h, count(*) AS key_devices
      FROM (SELECT DISTINCT line, ${HOUR} AS h, device FROM ${source} WHERE ${KEY_ONLINE}) AS d GROUP BY ALL`,
  },
  Q3: {
    quantile_disc: byLineAndHour(`quantile_disc(latency_ms, ${QUANTILE}) AS p95`),
  },
};

// a table of 4,000 lines by 24 hours fits an array; by default only 2^12 groups get one
const TABLES = { 'hash table': 12, 'array of groups': 20 };

let connection;
let source;
let version;

async function prepare({ data, order, setting, threads }) {
  const instance = await DuckDBInstance.create(':memory:', { threads: String(threads) });
  connection = await instance.connect();
  const parquet = `'${join(data, `${order}.parquet`)}'`;
  source = parquet;
  if (setting === 'memory') {
    await connection.run(`CREATE TYPE line_key AS ENUM (SELECT DISTINCT line FROM ${parquet} ORDER BY line)`);
    await connection.run(`CREATE TYPE factory_key AS ENUM (SELECT DISTINCT factory FROM ${parquet} ORDER BY factory)`);
    await connection.run(`CREATE TABLE day AS SELECT * REPLACE (line::line_key AS line, factory::factory_key AS factory) FROM ${parquet}`);
    source = 'day';
  }
  version = (await one('SELECT version() AS v')).v;
  const tables = setting === 'memory' ? Object.keys(TABLES) : ['hash table'];
  const questions = {};
  for (const [question, shapes] of Object.entries(SHAPES)) {
    questions[question] = Object.keys(shapes).flatMap((shape) => tables.map((table) => `${shape}, ${table}`));
  }
  return { version, questions };
}

async function run({ question, formulation }) {
  const [shape, table] = formulation.split(', ');
  await connection.run(`SET perfect_ht_threshold = ${TABLES[table]}`);
  const sql = checksumSql(question, SHAPES[question][shape](source), DIALECT);
  const { ms, result } = await timed(() => connection.runAndReadAll(sql));
  return { ms, answer: answerOf(question, result.getRowObjectsJson()[0]) };
}

async function dump({ question, file }) {
  const groups = Object.values(SHAPES[question] ?? {})[0];
  const sql = question === 'ranks' ? ranksSql() : dumpSql(question, groups(source), DIALECT);
  await connection.run(`COPY (${sql}) TO '${file}' (FORMAT csv, DELIMITER '\t', HEADER true)`);
}

// the readings one rank below and above the nearest rank of each group
function ranksSql() {
  return `SELECT line::VARCHAR AS line, h AS hour, ${DIALECT.millionths('v[greatest(k - 1, 1)]')} AS below, ${DIALECT.millionths('v[least(k + 1, n)]')} AS above
    FROM (SELECT line, ${HOUR} AS h, list(latency_ms ORDER BY latency_ms) AS v, count(*) AS n, ceil(${QUANTILE} * n)::BIGINT AS k FROM ${source} GROUP BY ALL) AS g`;
}

async function one(sql) {
  return (await connection.runAndReadAll(sql)).getRowObjectsJson()[0];
}

await serve({ prepare, run, dump });
