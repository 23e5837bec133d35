// Makes a "province-day" as Parquet (DuckDB) and, from it, as Arrow files (Polars: dictionaries, a batch of 102,400 rows a row group).
// Usage: node generate.js FOLDER ROWS
// 400 factories, 4,000 lines of 20 to 80 devices, 200,000 devices that report once a tick; 100 ticks are a day of 24 hours.
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const DEVICES = 200_000;
const LINES = 4000;
const TICK_MS = 864_000;
const DAY_START_MS = 1_763_596_800_000;
const BATCH_ROWS = 102_400;
const ORDERS = { tm: 'i', sh: 'hash(i * 7 + 3)' };
const CODECS = ['uncompressed', 'lz4'];

// hashes of (row or device, purpose) instead of a random stream: the same rows whatever the threads
const MACROS = [
  'CREATE MACRO uniform(i, purpose) AS (hash(i * 32 + purpose) >> 11)::DOUBLE / 9007199254740992.0',
  `CREATE MACRO bell(i, purpose) AS
    (uniform(i, purpose) + uniform(i, purpose + 1) + uniform(i, purpose + 2) + uniform(i, purpose + 3) - 2.0) * 1.7320508`,
  'CREATE MACRO stepped(x, steps) AS round(x * steps) / steps',
];

// lines share the devices by weight, 20 to 80; each device has its own level of every reading
const FLEET = `CREATE TABLE fleet AS
  WITH weights AS (SELECT l, 20 + (uniform(l, 900) * 60)::INT AS weight FROM range(${LINES}) AS t(l)),
  bounds AS (SELECT l, sum(weight) OVER (ORDER BY l) AS until, weight, sum(weight) OVER () AS total FROM weights),
  lines AS (SELECT l, floor((until - weight) * ${DEVICES}.0 / total)::INT AS first,
    CASE WHEN l = ${LINES - 1} THEN ${DEVICES} ELSE floor(until * ${DEVICES}.0 / total)::INT END AS past FROM bounds)
  SELECT d::UINTEGER AS device, printf('PLANT-%04d', (l // 10)::INT) AS factory, printf('PLANT-%04d/LINE-%02d', (l // 10)::INT, (l % 10)::INT) AS line,
    uniform(d, 901) < 0.22 AS is_key, -72 - 34 * uniform(d, 902) AS rsrp_level, 4 + 20 * uniform(d, 903) AS sinr_level,
    4 + exp(2.2 * uniform(d, 904)) AS latency_level, 3 + 40 * uniform(d, 905) AS rate, 0.2 + 4 * uniform(d, 906) AS power
  FROM range(${DEVICES}) AS t(d) JOIN lines ON d >= first AND d < past ORDER BY d`;

// about 7 % offline; no radio reading for those and for 2 % of the others; tariffs by the time of day
const readings = (ticks) => `
  SELECT epoch_ms((${DAY_START_MS} + tick * ${TICK_MS} + (uniform(i, 1) * 60000)::INT)::BIGINT)::TIMESTAMP_MS AS ts, factory, line, device, is_key, online,
    CASE WHEN online AND uniform(i, 3) > 0.02 THEN stepped(rsrp_level + 4 * bell(i, 4), 2)::FLOAT END AS rsrp_dbm,
    CASE WHEN online AND uniform(i, 3) > 0.02 AND uniform(i, 8) > 0.01 THEN stepped(sinr_level + 5 * bell(i, 9), 10)::FLOAT END AS sinr_db,
    stepped(latency_level * exp(0.45 * bell(i, 13)), 100)::FLOAT AS latency_ms,
    CASE WHEN online THEN (rate * (0.6 + 0.8 * uniform(i, 17)))::INT ELSE 0 END AS good_units,
    CASE WHEN NOT online THEN 0 WHEN uniform(i, 18) < 0.7 THEN 864 ELSE (864 * uniform(i, 19))::INT END AS work_seconds,
    energy_kwh, stepped(energy_kwh * tariff, 10000) AS cost_yuan, i
  FROM (SELECT *, uniform(i, 2) < 0.93 AS online, stepped(power * 0.24 * (0.5 + uniform(i, 20)), 1000) AS energy_kwh,
      CASE WHEN tick BETWEEN 33 AND 49 OR tick BETWEEN 75 AND 91 THEN 1.0347 WHEN tick < 33 THEN 0.3124 ELSE 0.6418 END AS tariff
    FROM (SELECT tick * ${DEVICES} + device AS i, tick, fleet.* FROM range(${ticks}) AS t(tick), fleet) AS placed) AS measured`;

export const filesOf = (folder, orders = Object.keys(ORDERS)) => orders.flatMap((order) =>
  [`${order}.parquet`, ...CODECS.map((codec) => `${order}.${codec}.arrow`)].map((name) => join(folder, name)));

export async function generate(folder, rows, say = () => {}) {
  mkdirSync(folder, { recursive: true });
  await writeParquet(folder, rows / DEVICES, say);
  writeArrow(folder, say);
}

async function writeParquet(folder, ticks, say) {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`SET temp_directory = '${folder}'`);
  for (const sql of [...MACROS, FLEET]) {
    await connection.run(sql);
  }
  for (const [order, key] of Object.entries(ORDERS)) {
    const file = join(folder, `${order}.parquet`);
    if (!existsSync(file)) {
      say(`${order}.parquet`);
      await connection.run(`COPY (SELECT * EXCLUDE (i) FROM (${readings(ticks)}) AS r ORDER BY ${key})
        TO '${file}.tmp' (FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE ${BATCH_ROWS})`);
      renameSync(`${file}.tmp`, file);
    }
  }
  connection.closeSync();
}

function writeArrow(folder, say) {
  const pl = createRequire(import.meta.url)('nodejs-polars');
  for (const order of Object.keys(ORDERS)) {
    for (const codec of CODECS) {
      const file = join(folder, `${order}.${codec}.arrow`);
      if (!existsSync(file)) {
        say(`${order}.${codec}.arrow`);
        pl.scanParquet(join(folder, `${order}.parquet`))
          .withColumns(pl.col('factory').cast(pl.Categorical), pl.col('line').cast(pl.Categorical))
          .sinkIpc(`${file}.tmp`, { compression: codec, maintainOrder: true, compatLevel: 'newest' })
          .collectSync({ engine: 'streaming' });
        renameSync(`${file}.tmp`, file);
      }
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder, rows] = process.argv.slice(2);
  if (!folder || !(Number(rows) >= DEVICES) || Number(rows) % DEVICES !== 0) {
    console.error('Usage: node generate.js FOLDER ROWS (a multiple of 200,000)');
    process.exit(2);
  }
  await generate(resolve(folder), Number(rows), (name) => console.error(`makes ${name}`));
}
