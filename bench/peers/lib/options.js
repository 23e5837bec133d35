import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ENGINES } from './engines.js';

export const USAGE = `node bench/peers/compare.js [options]
  --data DIR        take (or make) the data there; default bench/peers/data/ROWS
  --rows N          rows of data to be made, a multiple of 200,000; default 20000000. 1000000 takes a minute
  --rounds N        timed rounds of every case; default 11
  --warmups N       untimed runs of every formulation before it is tried; default 1
  --only A,B,...    orders (tm, sh), settings (memory, file, lz4) and questions (Q1 to Q4); each kind not named is taken whole
  --engines A,B     peers: duckdb, polars, clickhouse; default those that are installed; none = ours alone
  --threads N       of every contender; default 2
  --seed N          of the order of runs; default drawn and printed
  --no-memory       leave out the peak memory
  --no-process      leave out the whole 'indicators run'
  --no-build        take our build as it is
  --out FILE        write the Markdown there too`;

export class UsageError extends Error {}

const KINDS = { orders: ['tm', 'sh'], settings: ['memory', 'file', 'lz4'], questions: ['Q1', 'Q2', 'Q3', 'Q4'] };

// root: the folder of the harness
export function readOptions(args, root) {
  let values;
  try {
    ({ values } = parseArgs({
      args,
      options: {
        data: { type: 'string' }, rows: { type: 'string' }, rounds: { type: 'string' }, warmups: { type: 'string' }, only: { type: 'string' },
        engines: { type: 'string' }, threads: { type: 'string' }, seed: { type: 'string' }, out: { type: 'string' },
        'no-memory': { type: 'boolean' }, 'no-process': { type: 'boolean' }, 'no-build': { type: 'boolean' }, help: { type: 'boolean' },
      },
    }));
  } catch (error) {
    throw new UsageError(error.message);
  }
  const rows = whole(values.rows ?? '20000000', '--rows', 200_000);
  if (rows % 200_000 !== 0) {
    throw new UsageError('--rows must be a multiple of 200,000, one reading of every device');
  }
  return {
    help: values.help ?? false,
    data: resolve(values.data ?? join(root, 'data', String(rows))),
    rows,
    rounds: whole(values.rounds ?? '11', '--rounds', 1),
    warmups: whole(values.warmups ?? '1', '--warmups', 1),
    threads: whole(values.threads ?? '2', '--threads', 1),
    seed: whole(values.seed ?? String(Date.now() % 1_000_000), '--seed', 0),
    engines: values.engines === undefined ? null : peers(values.engines),
    memory: !values['no-memory'],
    process: !values['no-process'],
    build: !values['no-build'],
    out: values.out && resolve(values.out),
    ...only(values.only),
  };
}

function only(text) {
  const tokens = text?.split(',') ?? [];
  const known = Object.values(KINDS).flat();
  const unknown = tokens.find((token) => !known.includes(token));
  if (unknown !== undefined) {
    throw new UsageError(`--only knows no '${unknown}', but ${known.join(', ')}`);
  }
  return Object.fromEntries(Object.entries(KINDS).map(([kind, all]) => {
    const named = all.filter((name) => tokens.includes(name));
    return [kind, named.length ? named : all];
  }));
}

function peers(text) {
  const names = text === 'none' ? [] : text.split(',');
  const known = Object.keys(ENGINES).filter((name) => ENGINES[name].packages);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(`--engines knows no '${unknown}', but ${known.join(', ')}`);
  }
  return names;
}

function whole(text, name, least) {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least) {
    throw new UsageError(`${name} must be a whole number, ${least} or more`);
  }
  return value;
}
