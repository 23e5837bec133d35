import assert from 'node:assert/strict';
import test from 'node:test';
import { compareAnswers, compareDumps, compareRanks, Disagreement, parseDump } from '../lib/agreement.js';
import { AnswerBook } from '../lib/plan.js';

const Q1 = {
  rows: 100, online: 90, key: 20, key_online: 18, covered: 80, radio: 85, good: 1234, work: 5678, energy: 12.5, cost: 7.25, lat_min: 2080000, lat_max: 9100000,
};
const answer = (change = {}, rest = {}) => ({ from: 'a', groups: 4, figures: { ...Q1, ...change }, weighted: 250, ...rest });

test('equal answers agree', () => {
  assert.deepEqual(compareAnswers('Q1', 100, answer(), answer(), true), []);
});

test('a count, an integer sum or a reading that is off by one disagrees', () => {
  for (const figure of ['rows', 'key_online', 'good', 'lat_min', 'lat_max']) {
    const faults = compareAnswers('Q1', 100, answer(), answer({ [figure]: Q1[figure] + 1 }), true);
    assert.equal(faults.length, 1, figure);
    assert.match(faults[0], new RegExp(`^${figure}: `));
  }
});

test('double sums may differ by a millionth a row and no more', () => {
  assert.deepEqual(compareAnswers('Q1', 100, answer(), answer({ energy: 12.5 + 0.99e-4 }), true), []);
  assert.equal(compareAnswers('Q1', 100, answer(), answer({ energy: 12.5 + 1.01e-4 }), true).length, 1);
});

test('a figure that is missing or no number disagrees', () => {
  assert.equal(compareAnswers('Q1', 100, answer(), answer({ online: undefined }), true).length, 1);
  assert.equal(compareAnswers('Q1', 100, answer(), answer({ cost: NaN }), true).length, 1);
});

test('groups and hours that were swapped disagree', () => {
  assert.match(compareAnswers('Q1', 100, answer(), answer({}, { groups: 5 }), true)[0], /^groups: /);
  assert.match(compareAnswers('Q1', 100, answer(), answer({}, { weighted: 251 }), true)[0], /weighed by hour/);
});

test('quantiles are compared among those of one definition alone', () => {
  const found = (p95) => ({ from: 'b', groups: 4, figures: { p95 }, weighted: p95 });
  assert.equal(compareAnswers('Q3', 100, found(1), found(2), true).length, 2);
  assert.deepEqual(compareAnswers('Q3', 100, found(1), found(2), false), []);
});

const dump = (from, lines) => parseDump(['line\thour\tkey_devices', ...lines, ''].join('\n'), from);

test('a group that differs is named', () => {
  const faults = compareDumps('Q2', dump('a', ['L1\t489888\t7', 'L2\t489888\t5']), dump('b', ['L1\t489888\t7', 'L2\t489888\t6']), { rowsOf: () => 0, isNearestRank: true });
  assert.deepEqual(faults, ['line L2, hour 2025-11-20T00:00:00.000Z, key_devices: a says 5, b says 6']);
});

test('groups of nothing may be left out, others may not', () => {
  const options = { rowsOf: () => 0, isNearestRank: true };
  assert.deepEqual(compareDumps('Q2', dump('a', ['L1\t1\t7', 'L2\t1\t0']), dump('b', ['L1\t1\t7']), options), []);
  assert.equal(compareDumps('Q2', dump('a', ['L1\t1\t7']), dump('b', ['L1\t1\t7', 'L3\t1\t1']), options).length, 1);
});

test('a long list of faults is cut', () => {
  const lines = (value) => Array.from({ length: 100 }, (_, i) => `L${i}\t1\t${value}`);
  assert.equal(compareDumps('Q2', dump('a', lines(1)), dump('b', lines(2)), { rowsOf: () => 0, isNearestRank: true }).length, 6);
});

test('a quantile may lie one rank off, not two', () => {
  const ranks = parseDump('line\thour\tbelow\tabove\nL1\t1\t1000\t2000\n', 'ranks');
  const found = (p95) => parseDump(`line\thour\tp95\nL1\t1\t${p95}\n`, 'peer');
  assert.deepEqual(compareRanks(ranks, found(1000)), []);
  assert.deepEqual(compareRanks(ranks, found(2000)), []);
  assert.equal(compareRanks(ranks, found(2010)).length, 1);
  assert.equal(compareRanks(ranks, parseDump('line\thour\tp95\n', 'peer')).length, 1);
});

test('a contender that answers otherwise than the first, or than itself, ends the comparison and is named', () => {
  const book = new AnswerBook(100);
  const check = (name, found) => book.check('tm', 'memory', { name, question: 'Q1' }, 'some', found);
  check('duckdb', answer());
  check('ours', answer({ energy: 12.50005 }));
  assert.throws(() => check('polars', answer({ radio: 84 })), (error) => error instanceof Disagreement
    && /^tm, memory, Q1, Polars \(some\):/.test(error.message) && /radio: DuckDB says 85, Polars says 84/.test(error.message));
  assert.throws(() => check('ours', answer({ rows: 101 })), Disagreement);
});

test('answers of another order are another matter', () => {
  const book = new AnswerBook(100);
  book.check('tm', 'memory', { name: 'duckdb', question: 'Q1' }, 'some', answer());
  book.check('sh', 'memory', { name: 'duckdb', question: 'Q1' }, 'some', answer({ rows: 101 }));
});

test('built-in indicators are held against themselves', () => {
  const book = new AnswerBook(100);
  const check = (found) => book.check('tm', 'memory', { name: 'ours', question: 'Q4' }, 'as asked', found);
  check({ figures: { knr: 1 } });
  check({ figures: { knr: 1 } });
  assert.throws(() => check({ figures: { knr: 2 } }), Disagreement);
});
