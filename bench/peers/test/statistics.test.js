import assert from 'node:assert/strict';
import test from 'node:test';
import { Random } from '../lib/random.js';
import { median, medianRatio, millionths } from '../lib/statistics.js';

test('medians of odd and even numbers', () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 2, 3]), 2.5);
  assert.ok(Number.isNaN(median([])));
});

test('ratios are those of one round', () => {
  assert.equal(medianRatio([10, 400, 30], [5, 200, 10]), 2);
});

test('readings are rounded half to even, once', () => {
  assert.equal(millionths(Math.fround(6.71)), 6710000);
  assert.equal(millionths(1 / 128), 7812);
  assert.equal(millionths(3 / 128), 23438);
});

test('one seed is one order, and every item stays', () => {
  const items = Array.from({ length: 20 }, (_, i) => i);
  const [first, again, other] = [1, 1, 2].map((seed) => new Random(seed).shuffled(items));
  assert.deepEqual(first, again);
  assert.notDeepEqual(first, other);
  assert.deepEqual([...first].sort((a, b) => a - b), items);
});
