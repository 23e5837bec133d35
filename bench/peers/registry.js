// The registry of a province-day for Q4: its factories, lines and devices as CSV, gone live long before. Usage: node registry.js FOLDER
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const GO_LIVE = '2024-01-01';

export async function writeRegistry(folder) {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const registry = join(folder, 'registry');
  mkdirSync(registry, { recursive: true });
  const from = `FROM '${join(folder, 'tm.parquet')}'`;
  const write = (name, select) => connection.run(`COPY (${select}) TO '${join(registry, name)}' (FORMAT csv, HEADER true)`);
  await write('factories.csv', `SELECT DISTINCT factory, factory AS name ${from} ORDER BY factory`);
  await write('lines.csv', `SELECT DISTINCT line, factory, '${GO_LIVE}' AS go_live ${from} ORDER BY line`);
  await write('devices.csv', `SELECT device, any_value(line) AS line, CASE WHEN any_value(is_key) THEN 1 ELSE 0 END AS is_key ${from} GROUP BY device ORDER BY device`);
  connection.closeSync();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await writeRegistry(resolve(process.argv[2] ?? '.'));
}
