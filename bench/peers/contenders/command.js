// The command line, from its start to its exit, rows written to a file: what a user waits for.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve, timed } from './protocol.js';

const [programme] = process.argv.slice(2);
const BUILT_IN = ['knr', 'cov_sample', 'eff_gain', 'cost_red', 'lat_p95'];
let folder;
let common;
let files;
let builtIn;

function prepare({ data, order, setting, questions, threads }) {
  folder ??= mkdtempSync(join(tmpdir(), 'indicatorcore-peers-'));
  files = { questions, registry: join(data, 'registry'), export: join(data, `${order}.${setting === 'lz4' ? 'lz4' : 'uncompressed'}.arrow`) };
  common = ['run', files.export, '--by', 'line', '--tz', 'UTC', '--dedup', 'none', '--threads', String(threads), '--quiet',
    '--format', 'ndjson', '--out', join(folder, 'rows.ndjson')];
  const help = indicators(['run', '--help']).stdout;
  const catalog = indicators(['catalog']).stdout;
  builtIn = BUILT_IN.filter((id) => catalog.includes(id));
  const asked = { Q4: ['as asked'] };
  if (help.includes('--define')) {
    Object.assign(asked, { Q1: ['as asked'], Q2: ['as asked'], Q3: ['as asked'] });
  }
  return { version: indicators(['--version']).stdout.trim(), questions: asked };
}

async function run({ question }) {
  const args = question === 'Q4'
    ? ['--source', join(files.questions, 'source-q4.json'), '--registry', files.registry, '--window', 'day', '--select', builtIn.join(',')]
    : ['--source', join(files.questions, 'source.json'), '--define', join(files.questions, `${question.toLowerCase()}.json`), '--window', 'hour',
      '--select', { Q1: 'rows,online,key,key_online,covered,radio,good,work,energy,cost,lat_min,lat_max', Q2: 'key_devices', Q3: 'p95' }[question]];
  const { ms } = await timed(() => indicators([...common, ...args]));
  return { ms, answer: null };
}

function indicators(args) {
  const result = programme.endsWith('.dll') ? spawnSync('dotnet', [programme, ...args], { encoding: 'utf8' }) : spawnSync(programme, args, { encoding: 'utf8' });
  if (result.status !== 0) {
    throw new Error(`indicators ${args.join(' ')}: ${result.error ?? `exit code ${result.status}`}\n${result.stderr}`);
  }
  return result;
}

function close() {
  if (folder) {
    rmSync(folder, { recursive: true, force: true });
  }
}

await serve({ prepare, run, close });
