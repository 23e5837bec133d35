// Who contends where. Setting by setting: what a contender is asked to prepare, or nothing when it has no such case.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

export const ENGINES = {
  ours: { title: 'ours', settings: { memory: 'memory', file: 'file', lz4: 'lz4' }, isNearestRank: true },
  'ours-unchecked': { title: 'ours, checksums off', settings: { lz4: 'lz4-unchecked' }, isNearestRank: true },
  process: { title: 'whole `indicators run`', settings: { file: 'file', lz4: 'lz4' }, isSilent: true },
  limits: { title: 'limits', settings: { memory: 'memory', lz4: 'lz4' }, isSilent: true },
  duckdb: { title: 'DuckDB', settings: { memory: 'memory', lz4: 'parquet' }, packages: ['@duckdb/node-api'], isNearestRank: true },
  polars: { title: 'Polars', settings: { memory: 'memory', file: 'file', lz4: 'lz4' }, packages: ['nodejs-polars'] },
  clickhouse: { title: 'ClickHouse', settings: { memory: 'memory', file: 'file', lz4: 'lz4' }, packages: ['chdb', '@chdb/lib-linux-x64-gnu'] },
};

export const PEERS = Object.keys(ENGINES).filter((name) => ENGINES[name].packages);

export const isInstalled = (name) => ENGINES[name].packages.every((name) => {
  try {
    require.resolve(`${name}/package.json`);
    return true;
  } catch (error) {
    // some packages export no package.json: they are there
    return error.code === 'ERR_PACKAGE_PATH_NOT_EXPORTED';
  }
});

// Questions that only scaling asks, on one thread.
export const SINGLE = {
  ours: { memory: ['Q1'], lz4: ['Q1'] },
  'ours-unchecked': { lz4: ['Q1'] },
  limits: { memory: ['read'], lz4: ['lz4-block', 'lz4-frame'] },
};
