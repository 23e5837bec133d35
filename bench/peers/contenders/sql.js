// What the two SQL peers share: a question is an inner query with a row a group, reduced to one row so that the client costs nothing.
import { FIRST, QUESTIONS, READINGS } from '../lib/questions.js';

// Outer names differ from inner ones, which ClickHouse would take for its own.
// dialect: { millionths(x), countIf(condition), text(x) }
export function checksumSql(question, groups, dialect) {
  const first = figure(FIRST[question], dialect);
  const sums = Object.keys(QUESTIONS[question]).map((name) => `sum(${figure(name, dialect)}) AS ${name}_all`);
  return `SELECT ${dialect.countIf(`${FIRST[question]} > 0`)} AS group_count, ${sums.join(', ')}, sum(${first} * (h % 24 + 1)) AS weighted FROM (${groups}) AS g`;
}

export function dumpSql(question, groups, dialect) {
  const figures = Object.keys(QUESTIONS[question]).map((name) => `${figure(`g.${name}`, dialect, name)} AS ${name}`);
  return `SELECT ${dialect.text('g.line')} AS line, h AS hour, ${figures.join(', ')} FROM (${groups}) AS g`;
}

export function answerOf(question, row) {
  const figures = {};
  for (const name of Object.keys(QUESTIONS[question])) {
    figures[name] = Number(row[`${name}_all`]);
  }
  return { groups: Number(row.group_count), figures, weighted: Number(row.weighted) };
}

function figure(expression, dialect, name = expression) {
  return READINGS.has(name) ? dialect.millionths(expression) : expression;
}
