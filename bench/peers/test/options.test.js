import assert from 'node:assert/strict';
import test from 'node:test';
import { readOptions, UsageError } from '../lib/options.js';

test('kinds that --only does not name are taken whole', () => {
  const { orders, settings, questions } = readOptions(['--only', 'sh,Q1,Q3'], '/root');
  assert.deepEqual({ orders, settings, questions }, { orders: ['sh'], settings: ['memory', 'file', 'lz4'], questions: ['Q1', 'Q3'] });
});

test('what is unknown or impossible is refused', () => {
  for (const args of [['--only', 'Q5'], ['--engines', 'oracle'], ['--rows', '1000'], ['--rounds', '0'], ['--seed', 'x'], ['--round', '3']]) {
    assert.throws(() => readOptions(args, '/root'), UsageError, args.join(' '));
  }
});

test('no peers at all can be asked for', () => {
  assert.deepEqual(readOptions(['--engines', 'none'], '/root').engines, []);
  assert.equal(readOptions([], '/root').engines, null);
});
