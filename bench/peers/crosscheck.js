#!/usr/bin/env node
// The additive indicators of IndicatorCore and the same sums by DuckDB over one generated export, figure by figure. See README.md.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const ROOT = dirname(fileURLToPath(import.meta.url));
const REPOSITORY = join(ROOT, '..', '..');
const COMMANDS = [
  join(REPOSITORY, 'artifacts', 'publish', 'IndicatorCore.Cli', 'release', 'indicators'),
  join(REPOSITORY, 'artifacts', 'bin', 'IndicatorCore.Cli', 'release', 'indicators.dll'),
];
const USAGE = `node bench/peers/crosscheck.js [options]
  --data DIR    take (or make) the generated export there; default bench/peers/data/crosscheck-SEED-ROWS
  --rows N      rows to be made; default 1000000
  --seed N      seed of the export; default 1
  --out FILE    write the Markdown there too`;
const say = (text) => process.stderr.write(`${text}\n`);

// A local day, month as the number of the window's start: Asia/Shanghai is eight hours ahead since 1992.
const DAY_MS = 86_400_000;
const SHIFT_MS = 8 * 3_600_000;
const localDay = (column) => `((epoch_ms(${column}) + ${SHIFT_MS}) // ${DAY_MS})`;
const month = (column) => `strftime(make_timestamp((epoch_ms(${column}) + ${SHIFT_MS}) * 1000), '%Y-%m')`;
// the exact integer at 10^-places, rounded once, half to even, as sums are kept (indicator-definitions 1.5)
const fixed = (column, places = 6) => `TRY_CAST(round_even(CAST(${column} AS DOUBLE) * 1e${places}, 0) AS HUGEINT)`;
const isNumber = (column) => `(${column} IS NOT NULL AND NOT isnan(${column}))`;
const ACCEPTED = 'event_ts IS NOT NULL AND (ingest_ts IS NULL OR epoch_ms(event_ts) <= epoch_ms(ingest_ts) + 300000)';
const SERVED = "(coalesce(cell, '') <> '' AND lower(coalesce(rat, 'nr')) IN ('nr', '5g', 'nr-sa', 'nr-nsa'))";
const inRange = (column, low, high) => `(${fixed(column)} BETWEEN ${low}000000 AND ${high}000000)`;
const VALID = `(${SERVED} AND ${isNumber('rsrp_dbm')} AND ${isNumber('sinr_db')} AND ${inRange('rsrp_dbm', -156, -31)} AND ${inRange('sinr_db', -23, 40)})`;
const COVERED = `(${VALID} AND ${fixed('rsrp_dbm')} >= -105000000 AND ${fixed('sinr_db')} >= -3000000)`;
const PRESENT = `(${SERVED} AND ${isNumber('rsrp_dbm')} AND ${isNumber('sinr_db')})`;
const count = (condition) => `count(*) FILTER (WHERE ${condition})`;
const sum = (value, condition) => `coalesce(sum(${value}) FILTER (WHERE ${condition}), 0)`;
const ALL_FIVE = ['q_good', 'q_total', 'planned_busy_h', 'actual_h', 'ideal_s_per_unit'].map(isNumber).join(' AND ');

// Each question: what ours is asked, the figures of a row as [name, scale, value], and the same by SQL: columns "grp", "win" and one a figure.
// A scale of 6 means that the figure is an integer at 10^-6.
const QUESTIONS = [
  {
    name: 'connectivity by day: rows, rows online', ask: ['--define', 'additive.json', '--select', 'heard,online', '--window', 'day'],
    figures: [['heard', 'numerator', 0], ['online', 'numerator', 0]],
    sql: `SELECT '' AS grp, ${localDay('event_ts')} AS win, count(*) AS "heard", ${count('online')} AS "online" FROM connectivity WHERE ${ACCEPTED} GROUP BY ALL`,
  },
  {
    name: 'radio by day: covered, usable, missing, invalid, unserved', ask: ['--select', 'cov_sample', '--window', 'day'],
    figures: [['cov_sample', 'numerator', 0], ['cov_sample', 'denominator', 0], ['cov_sample', 'n_missing', 0], ['cov_sample', 'n_invalid', 0], ['cov_sample', 'n_unserved', 0]],
    sql: `SELECT '' AS grp, ${localDay('event_ts')} AS win, ${count(COVERED)} AS a, ${count(`NOT ${SERVED} OR ${VALID}`)} AS b,
      ${count(`${SERVED} AND NOT ${PRESENT}`)} AS c, ${count(`${PRESENT} AND NOT ${VALID}`)} AS d, ${count(`NOT ${SERVED}`)} AS e
      FROM radio WHERE ${ACCEPTED} GROUP BY ALL`,
  },
  {
    name: 'probes by day: sum of latencies, packets back, in time, sent, lost',
    ask: ['--define', 'additive.json', '--select', 'waited,back,reliability', '--window', 'day'],
    figures: [['waited', 'numerator', 6], ['back', 'numerator', 0], ['reliability', 'numerator', 0], ['reliability', 'denominator', 0], ['reliability', 'n_lost', 0]],
    sql: `SELECT '' AS grp, ${localDay('event_ts')} AS win, ${sum(fixed('latency_ms'), isNumber('latency_ms'))} AS a, ${count(isNumber('latency_ms'))} AS b,
      ${count(`${isNumber('latency_ms')} AND latency_ms <= deadline_ms AND ${localDay('event_ts')} = (epoch_ms(event_ts) + ${SHIFT_MS} + 19) // ${DAY_MS}`)} AS c,
      ${count(`(latency_ms IS NULL OR NOT isnan(latency_ms)) AND ${localDay('event_ts')} = (epoch_ms(event_ts) + ${SHIFT_MS} + 19) // ${DAY_MS}`)} AS d,
      ${count('latency_ms IS NULL')} AS e FROM probe WHERE ${ACCEPTED} GROUP BY ALL`,
  },
  {
    name: 'loss: lost, expected', ask: ['--select', 'loss', '--window', 'all'],
    figures: [['loss', 'numerator', 0], ['loss', 'denominator', 0]], isWhole: true,
    sql: `WITH steps AS (
        SELECT flow, event_ts, seq, lost, (seq - lag(seq) OVER flows + 98304) % 65536 - 32768 AS step
        FROM (SELECT DISTINCT flow, event_ts, CAST(seq AS INTEGER) AS seq, lost FROM probe WHERE ${ACCEPTED}) WINDOW flows AS (PARTITION BY flow ORDER BY event_ts, seq, NOT lost)),
      sessions AS (
        SELECT *, sum(CASE WHEN step < -100 THEN 1 ELSE 0 END) OVER flows AS session FROM steps WINDOW flows AS (PARTITION BY flow ORDER BY event_ts, seq, NOT lost)),
      unwrapped AS (
        SELECT *, coalesce(sum(CASE WHEN step < -100 THEN 0 ELSE step END) OVER flows, 0) AS number
        FROM sessions WINDOW flows AS (PARTITION BY flow, session ORDER BY event_ts, seq, NOT lost)),
      folded AS (
        SELECT flow, session, max(number) - min(number) + 1 AS expected, count(DISTINCT number) FILTER (WHERE NOT lost) AS received
        FROM unwrapped GROUP BY ALL)
      SELECT '' AS grp, 0 AS win, sum(expected - received) AS a, sum(expected) AS b FROM folded`,
  },
  {
    name: 'production by line, product and month: first pass, started, scrapped, produced',
    ask: ['--select', 'fpy,scrap', '--by', 'line,product', '--window', 'month'], month: true,
    figures: [['fpy', 'numerator', 6], ['fpy', 'denominator', 6], ['scrap', 'numerator', 6], ['scrap', 'denominator', 6]],
    sql: `SELECT line || '/' || product AS grp, ${month('interval_start')} AS win,
      ${sum(fixed('q_first_pass'), `${isNumber('q_first_pass')} AND ${isNumber('q_started')}`)} AS a,
      ${sum(fixed('q_started'), `${isNumber('q_first_pass')} AND ${isNumber('q_started')}`)} AS b,
      ${sum(`${fixed('q_total')} - ${fixed('q_good')}`, `${isNumber('q_good')} AND ${isNumber('q_total')}`)} AS c,
      ${sum(fixed('q_total'), `${isNumber('q_good')} AND ${isNumber('q_total')}`)} AS d FROM production GROUP BY ALL`,
  },
  {
    name: 'production by line and month: PRI·GQ, PBT, APT, PRI·PQ', ask: ['--select', 'oee', '--by', 'line', '--window', 'month'], month: true,
    figures: [['oee', 'numerator', 12], ['oee', 'denominator', 12], ['oee.availability', 'numerator', 12], ['oee.effectiveness', 'numerator', 12]],
    // seconds at 10^-12 to hours: half to even, as it is printed
    sql: `WITH sums AS (SELECT line AS grp, ${month('interval_start')} AS win,
      ${sum(`${fixed('ideal_s_per_unit')} * ${fixed('q_good')}`, ALL_FIVE)} AS good, ${sum(`${fixed('planned_busy_h * 3600')} * 1000000`, ALL_FIVE)} AS planned,
      ${sum(`${fixed('actual_h * 3600')} * 1000000`, ALL_FIVE)} AS actual, ${sum(`${fixed('ideal_s_per_unit')} * ${fixed('q_total')}`, ALL_FIVE)} AS produced
      FROM production GROUP BY ALL)
      SELECT grp, win, ${['good', 'planned', 'actual', 'produced'].map((name) => `(${name} // 3600 + CASE
        WHEN ${name} % 3600 > 1800 OR (${name} % 3600 = 1800 AND (${name} // 3600) % 2 = 1) THEN 1 ELSE 0 END) AS "${name}"`).join(', ')} FROM sums`,
  },
  {
    name: 'production by line and month: good output, labour', ask: ['--define', 'additive.json', '--select', 'good,labour', '--by', 'line', '--window', 'month'],
    month: true, figures: [['good', 'numerator', 6], ['labour', 'numerator', 6]],
    sql: `SELECT line AS grp, ${month('interval_start')} AS win, ${sum(fixed('q_good'), isNumber('q_good'))} AS a, ${sum(fixed('labour_h'), isNumber('labour_h'))} AS b
      FROM production GROUP BY ALL`,
  },
  {
    name: 'energy by line and month, cumulative meters included', ask: ['--select', 'energy_kwh', '--by', 'line', '--window', 'month'], month: true,
    figures: [['energy_kwh', 'numerator', 6]],
    sql: `WITH spans AS (
        SELECT line, interval_start, ${fixed('kwh')} AS used FROM energy WHERE ${isNumber('kwh')}
        UNION ALL SELECT line, since, CASE WHEN reading >= before THEN reading - before ELSE 0 END FROM (
          SELECT line, ${fixed('reading_kwh')} AS reading, lag(interval_start) OVER meters AS since, lag(${fixed('reading_kwh')}) OVER meters AS before
          FROM readings WHERE ${isNumber('reading_kwh')} WINDOW meters AS (PARTITION BY meter ORDER BY interval_start)) WHERE since IS NOT NULL)
      SELECT line AS grp, ${month('interval_start')} AS win, sum(used) AS a FROM spans GROUP BY ALL`,
  },
  {
    name: 'cost by line, product and month: all, of the project', ask: ['--define', 'additive.json', '--select', 'spent,spent.project', '--by', 'line,product', '--window', 'month'],
    month: true, figures: [['spent', 'numerator', 4], ['spent.project', 'numerator', 4]],
    sql: `SELECT line || '/' || product AS grp, ${month('period_start')} AS win, ${sum(fixed('amount_cny', 4), isNumber('amount_cny'))} AS a,
      ${sum(fixed('amount_cny', 4), `${isNumber('amount_cny')} AND is_project_cost`)} AS b FROM cost GROUP BY ALL`,
  },
  {
    name: 'counters by factory: bits, seconds, resets', ask: ['--select', 'thr', '--by', 'factory', '--window', 'all'], isWhole: true,
    figures: [['thr', 'numerator', 0], ['thr', 'denominator', 3], ['thr.resets', 'numerator', 0]],
    sql: `WITH spans AS (
        SELECT factory, epoch_ms(event_ts) - lag(epoch_ms(event_ts)) OVER c AS ms, CAST(bytes AS HUGEINT) - lag(bytes) OVER c AS delta, counter_bits AS bits, link_capacity_bps AS capacity
        FROM counter WINDOW c AS (PARTITION BY object, direction ORDER BY event_ts)),
      told AS (SELECT *, CASE WHEN delta >= 0 THEN delta WHEN bits < 64 AND (delta + 4294967296) * 8000 < capacity * ms THEN delta + 4294967296 END AS passed
        FROM spans WHERE delta IS NOT NULL)
      SELECT factory AS grp, 0 AS win, coalesce(sum(passed), 0) * 8 AS a, coalesce(sum(ms) FILTER (WHERE passed IS NOT NULL), 0) AS b, ${count('passed IS NULL')} AS c FROM told GROUP BY ALL`,
  },
  {
    name: 'sessions: longer than an hour, devices', ask: ['--select', 'conn', '--window', 'all'], isWhole: true,
    figures: [['conn', 'numerator', 0], ['conn', 'denominator', 0]],
    sql: `WITH spans AS (SELECT device, session, max(epoch_ms(end_ts)) - min(epoch_ms(start_ts)) AS ms FROM session
        WHERE end_ts IS NOT NULL AND end_ts >= start_ts GROUP BY ALL)
      SELECT '' AS grp, 0 AS win, ${count('ms > 3600000')} AS a, count(DISTINCT device) AS b FROM spans`,
  },
  {
    name: 'stops by line and month: failures', ask: ['--select', 'mttr', '--by', 'line', '--window', 'month'], month: true,
    figures: [['mttr', 'denominator', 0]],
    sql: `SELECT line AS grp, ${month('start_ts')} AS win, count(DISTINCT (start_ts, end_ts)) FILTER (WHERE kind IN ('failure', 'failure_repair') AND end_ts >= start_ts) AS a
      FROM downtime GROUP BY ALL`,
  },
];

function run(command, args, options = {}) {
  const [file, ...rest] = command.endsWith('.dll') ? ['dotnet', command, ...args] : [command, ...args];
  const { status, stdout, stderr, error } = spawnSync(file, rest, { encoding: 'utf8', maxBuffer: 1 << 30, ...options });
  if (status !== 0) {
    throw new Error(`indicators ${args.join(' ')}: ${error ?? stderr}`);
  }
  return stdout;
}

// a number of JSON, which may have more digits than a double, as an integer at 10^-scale
function atScale(text, scale) {
  if (text === undefined || text === 'null') {
    return null;
  }
  const [whole, fraction = ''] = text.split('.');
  if (fraction.length > scale) {
    throw new Error(`${text} has more than ${scale} decimals`);
  }
  return BigInt(whole + fraction.padEnd(scale, '0'));
}

function figureOf(line, name, scale) {
  return atScale(new RegExp(`"${name}": ?(-?[0-9.]+|null)`).exec(line)?.[1], scale);
}

function ours(command, data, question) {
  const text = run(command, ['run', data, '--profile', 'test-no-floor', '--format', 'ndjson', '--quiet', ...question.ask.map((word) => (word === 'additive.json' ? join(ROOT, 'questions', word) : word))]);
  const rows = new Map();
  for (const line of text.split('\n').filter((line) => line)) {
    const { indicator, group, window_start: start, status } = JSON.parse(line);
    const window = question.isWhole ? '0' : question.month ? start.slice(0, 7) : String((Date.parse(start) + SHIFT_MS) / DAY_MS);
    const key = `${Object.values(group).join('/')} ${window}`;
    question.figures.forEach(([id, name, scale], place) => {
      if (id === indicator && status !== 'NOT_AVAILABLE') {
        rows.set(key, rows.get(key) ?? []);
        rows.get(key)[place] = figureOf(line, name, scale);
      }
    });
  }
  return rows;
}

async function theirs(connection, question) {
  const result = await connection.runAndReadAll(`SELECT * FROM (${question.sql}) ORDER BY 1, 2`);
  return new Map(result.getRowsJson().map(([group, window, ...figures]) => [`${group} ${window}`, figures.map((figure) => (figure === null ? null : BigInt(figure)))]));
}

// what is nothing on both sides is left out: ours has a row for a window without data, and says that a ratio of nothing is not available
function compare(question, left, right) {
  const faults = [];
  let figures = 0;
  for (const key of new Set([...left.keys(), ...right.keys()])) {
    question.figures.forEach(([id, name], place) => {
      const [a, b] = [left.get(key)?.[place] ?? 0n, right.get(key)?.[place] ?? 0n];
      figures += a === 0n && b === 0n ? 0 : 1;
      if (a !== b) {
        faults.push(`${id} ${name} of '${key}': ${a} by IndicatorCore, ${b} by DuckDB`);
      }
    });
  }
  return { faults, figures, groups: right.size };
}

async function main() {
  const { values } = parseArgs({
    options: { data: { type: 'string' }, rows: { type: 'string', default: '1000000' }, seed: { type: 'string', default: '1' }, out: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const command = COMMANDS.find(existsSync);
  if (!command) {
    throw new Error('the command is not built: dotnet build -c Release src/IndicatorCore.Cli');
  }
  const { DuckDBInstance } = await import('@duckdb/node-api').catch(() => {
    throw new Error('DuckDB is not installed: npm ci --prefix bench/peers');
  });
  const data = values.data ?? join(ROOT, 'data', `crosscheck-${values.seed}-${values.rows}`);
  if (!existsSync(join(data, 'expected.json'))) {
    mkdirSync(data, { recursive: true });
    say(`makes ${values.rows} rows in ${data}`);
    run(command, ['generate', '--seed', values.seed, '--rows', values.rows, '--out', data, '--quiet']);
  }

  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const version = (await connection.runAndReadAll('SELECT version()')).getRowsJson()[0][0];
  const { files } = JSON.parse(readFileSync(join(data, 'expected.json'), 'utf8').replace(/"profiles": \{[^]*$/, '"profiles": {}}'));
  await loadTables(connection, data, files.filter((file) => !file.replay_of));
  const lines = [
    `# The same sums by IndicatorCore and DuckDB ${version}`, '',
    `Seed ${values.seed}, ${files.reduce((rows, file) => rows + (file.replay_of ? 0 : file.rows), 0).toLocaleString('en')} rows. Differences of integers at the scale at which sums are kept.`, '',
    '| question | groups | figures | differences |', '| --- | ---: | ---: | ---: |',
  ];
  const faults = [];
  for (const question of QUESTIONS) {
    say(question.name);
    const found = compare(question, ours(command, data, question), await theirs(connection, question));
    lines.push(`| ${question.name} | ${found.groups.toLocaleString('en')} | ${found.figures.toLocaleString('en')} | ${found.faults.length} |`);
    faults.push(...found.faults.slice(0, 10).map((fault) => `${question.name}: ${fault}`));
  }
  const text = `${lines.join('\n')}\n`;
  process.stdout.write(text);
  if (values.out) {
    writeFileSync(values.out, text);
  }
  faults.forEach((fault) => say(fault));
  return faults.length === 0 ? 0 : 1;
}

// DuckDB reads no Arrow IPC: Polars turns each file into Parquet beside it
async function loadTables(connection, data, files) {
  const pl = createRequire(import.meta.url)('nodejs-polars');
  const tables = new Map();
  for (const { name, table } of files) {
    const parquet = join(data, `${name}.parquet`);
    if (!existsSync(parquet)) {
      const frame = pl.scanIPC(join(data, name)).collectSync();
      frame.select(...frame.columns.map((column) => (String(frame.schema[column]).startsWith('Categorical') ? pl.col(column).cast(pl.Utf8) : pl.col(column)))).writeParquet(parquet);
    }
    const isReading = (await connection.runAndReadAll(`DESCRIBE SELECT * FROM '${parquet}'`)).getRowsJson().some(([column]) => column === 'reading_kwh');
    const key = isReading ? 'readings' : table;
    tables.set(key, [...(tables.get(key) ?? []), `'${parquet}'`]);
  }
  for (const [table, parquets] of tables) {
    await connection.run(`CREATE VIEW "${table}" AS SELECT * FROM read_parquet([${parquets.join(', ')}])`);
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  say(String(error?.stack ?? error));
  process.exitCode = 3;
}
