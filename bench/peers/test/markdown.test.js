import assert from 'node:assert/strict';
import test from 'node:test';
import { markdown } from '../lib/markdown.js';

const entry = (setting, name, question, ms, threads = 2) => ({ order: 'tm', setting, name, question, threads, formulation: 'some', ms });
const results = {
  meta: { rows: 20000000, rounds: 3, threads: 2, seed: 7, cpu: 'A processor, 2 cores', versions: { ours: '0.1.0', duckdb: 'v1' }, date: '2025-11-20' },
  entries: [
    entry('memory', 'ours', 'Q1', [50, 60, 40]), entry('memory', 'ours', 'Q1', [100, 110, 90], 1), entry('memory', 'ours', 'Q4', [80, 96, 64]),
    entry('memory', 'duckdb', 'Q1', [1000, 1500, 1000]), entry('memory', 'limits', 'read', [25, 30, 20]), entry('memory', 'limits', 'read', [50, 60, 40], 1),
    entry('lz4', 'ours', 'Q1', [300]), entry('lz4', 'ours-unchecked', 'Q1', [240]), entry('lz4', 'limits', 'lz4-block', [200]),
    entry('lz4', 'limits', 'lz4-frame', [250]), entry('lz4', 'process', 'Q1', [600]), entry('lz4', 'duckdb', 'Q1', [1800]),
  ],
  memory: [
    { order: 'tm', setting: 'lz4', name: 'ours', question: 'Q1', bytes: 100e6 }, { order: 'tm', setting: 'lz4', name: 'duckdb', question: 'Q1', bytes: 250e6 },
  ],
  agreement: ['tm, Q1: ours and DuckDB'],
  notes: ['liblz4 is not here'],
};
const text = markdown(results);
const has = (line) => assert.ok(text.includes(`${line}\n`), `${line}\nis not in\n${text}`);

test('the heading says what was run and how to run it again', () => {
  has('20,000,000 rows, 2 threads, 3 interleaved rounds in random order (seed 7), 2025-11-20.');
});

test('times are medians, ratios those of the rounds', () => {
  has('| Q1, time-major, in memory | 50.0 | – | 1000 (25.0) |');
  has('| Q1, time-major, file, compressed | 300 | 240 (0.80) | 1800 (6.00) |');
});

test('limits stand beside what is held against them', () => {
  has('| Q1, time-major: in memory / reading the buffers it touches | 25.0 | 50.0 | 2.00 | 0.50 |');
  has('| Q1, time-major: LZ4, checksums off / `LZ4_decompress_safe` alone | 200 | 240 | 1.20 | 0.83 |');
  has('| Q1, time-major: LZ4 / `LZ4F_decompress` alone | 250 | 300 | 1.20 | 0.83 |');
});

test('scaling is a ratio of ratios', () => {
  has('| Q1, time-major: in memory, against reading | 2.00 | 2.00 | 1.00 |');
});

test('built-in indicators are held against Q1', () => {
  has('| time-major, in memory | 80.0 | 1.60 |');
});

test('the whole process is held against queries alone', () => {
  has('| Q1, time-major, file, compressed | 600 | 3.00 |');
});

test('memory is in megabytes', () => {
  has('| Q1, time-major, file, compressed | 100 | 250 (2.50) |');
});

test('what is absent is said, and empty sections are left out', () => {
  has('* liblz4 is not here');
  const bare = markdown({ ...results, entries: [], memory: [], agreement: [], notes: [] });
  assert.ok(!bare.includes('##'), bare);
});
