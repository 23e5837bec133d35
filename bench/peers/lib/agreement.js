// Whether contenders answer alike: sums over all groups in every round, every group once.
import { FIRST, QUESTIONS } from './questions.js';

export class Disagreement extends Error {}

// Ours rounds each addend to a millionth, so sums may lie as far apart as so many rows.
export const sumTolerance = (rows) => 1e-6 * rows;

// Holds one answer against another of the same question. With isNearestRank, quantiles must be equal too; without, they are another
// definition's, and only their number is compared.
export function compareAnswers(question, rows, expected, found, isNearestRank) {
  const faults = [];
  const hold = (what, left, right, tolerance) => {
    if (!(Math.abs(left - right) <= tolerance)) {
      faults.push(`${what}: ${expected.from} says ${left}, ${found.from} says ${right}`);
    }
  };
  hold('groups', expected.groups, found.groups, 0);
  for (const [figure, kind] of Object.entries(QUESTIONS[question])) {
    if (kind !== 'rank' || isNearestRank) {
      hold(figure, expected.figures[figure], found.figures[figure], kind === 'sum' ? sumTolerance(rows) : 0);
    }
  }
  if (QUESTIONS[question][FIRST[question]] !== 'rank' || isNearestRank) {
    hold(`${FIRST[question]} weighed by hour`, expected.weighted, found.weighted, 0);
  }
  return faults;
}

// A contender must answer one formulation alike in every round; double sums may differ in their last digits.
export function compareRounds(question, rows, first, again) {
  return compareAnswers(question, rows, { ...first, from: 'the first round' }, { ...again, from: 'a later one' }, true);
}

// Holds every group of a dump against another's. Groups that have nothing may be absent.
export function compareDumps(question, expected, found, { rowsOf, isNearestRank, limit = 5 }) {
  const faults = [];
  const figures = QUESTIONS[question];
  const names = Object.keys(figures);
  const zeros = Object.fromEntries(names.map((name) => [name, 0]));
  for (const key of new Set([...expected.groups.keys(), ...found.groups.keys()])) {
    const left = expected.groups.get(key) ?? zeros;
    const right = found.groups.get(key) ?? zeros;
    for (const name of names) {
      const tolerance = figures[name] === 'sum' ? sumTolerance(rowsOf(key)) : 0;
      if ((figures[name] !== 'rank' || isNearestRank) && !(Math.abs(left[name] - right[name]) <= tolerance)) {
        faults.push(`${place(key)}, ${name}: ${expected.from} says ${left[name]}, ${found.from} says ${right[name]}`);
      }
    }
    if (faults.length >= limit) {
      return [...faults, 'and perhaps more'];
    }
  }
  return faults;
}

// Whether every quantile of a dump lies between the readings one rank below and above the nearest rank.
export function compareRanks(ranks, found, limit = 5) {
  const faults = [];
  for (const [key, { below, above }] of ranks.groups) {
    const value = found.groups.get(key)?.p95;
    // an interpolated value is no reading: its rounding to a millionth is not ours
    if (!(value >= below - 1 && value <= above + 1)) {
      faults.push(`${place(key)}, p95: ${found.from} says ${value}, not within [${below}, ${above}], one rank around the nearest`);
      if (faults.length >= limit) {
        return [...faults, 'and perhaps more'];
      }
    }
  }
  return faults;
}

// Tab-separated text: a heading (line, hour, figures), then a group a line.
export function parseDump(text, from) {
  const lines = text.split('\n');
  const [, , ...names] = lines[0].split('\t');
  const groups = new Map();
  for (const line of lines.slice(1)) {
    if (line === '') {
      continue;
    }
    const [key, hour, ...values] = line.split('\t');
    groups.set(`${key}\t${hour}`, Object.fromEntries(names.map((name, i) => [name, Number(values[i])])));
  }
  return { from, groups };
}

function place(key) {
  const [line, hour] = key.split('\t');
  return `line ${line}, hour ${new Date(Number(hour) * 3_600_000).toISOString()}`;
}
