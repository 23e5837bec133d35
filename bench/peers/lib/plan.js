// The runs of one order and setting, and the rounds in which they are interleaved.
import { compareAnswers, Disagreement } from './agreement.js';
import { ENGINES, SINGLE } from './engines.js';
import { QUESTIONS } from './questions.js';
import { median } from './statistics.js';

// One line of the table to be: a contender, a question, a number of threads.
export function entriesOf(name, description, { setting, questions, threads }) {
  const entries = [];
  for (const [question, formulations] of Object.entries(description.questions)) {
    const isLimit = name === 'limits';
    if (!isLimit && !questions.includes(question) || isLimit && !questions.includes('Q1')) {
      continue;
    }
    const counts = threads > 1 && SINGLE[name]?.[setting]?.includes(question) ? [threads, 1] : [threads];
    for (const count of counts) {
      entries.push({ name, question, threads: count, formulations, formulation: formulations[0], ms: [], answer: null });
    }
  }
  return entries;
}

export const request = (entry, formulation = entry.formulation) => ({
  op: 'run', question: entry.question, threads: entry.threads, formulation,
});

// Tries every formulation and keeps the fastest; the answers of all of them must agree with what is known.
export async function warmUp(contender, entry, { warmups, check }) {
  let best = Infinity;
  for (const formulation of entry.formulations) {
    for (let i = 0; i < warmups; i++) {
      await contender.ask(request(entry, formulation));
    }
    // with one formulation there is nothing to try: further runs only warm
    const tries = entry.formulations.length > 1 ? 2 : 1;
    const times = [];
    for (let i = 0; i < tries; i++) {
      const { ms, answer } = await contender.ask(request(entry, formulation));
      check(entry, formulation, answer);
      times.push(ms);
    }
    if (median(times) < best) {
      best = median(times);
      entry.formulation = formulation;
      entry.answer = null;
    }
  }
}

export async function rounds(contenders, entries, { count, random, check }) {
  for (let round = 0; round < count; round++) {
    for (const entry of random.shuffled(entries)) {
      const { ms, answer } = await contenders.get(entry.name).ask(request(entry));
      check(entry, entry.formulation, answer);
      entry.ms.push(ms);
    }
  }
}

// Holds answers against the first of their order and question, and against the contender's own first one.
export class AnswerBook {
  #first = new Map();
  #own = new Map();

  // rows: those that the answers are made from
  constructor(rows = 0) {
    this.rows = rows;
  }

  check(order, setting, entry, formulation, answer) {
    if (!answer) {
      return;
    }
    const { name, question } = entry;
    const where = `${order}, ${setting}, ${question}, ${ENGINES[name].title} (${formulation})`;
    const ownKey = [order, setting, name, question, formulation].join('/');
    const own = this.#own.get(ownKey);
    this.#own.set(ownKey, own ?? answer);
    if (!(question in QUESTIONS)) {
      if (own && JSON.stringify(own) !== JSON.stringify(answer)) {
        throw new Disagreement(`${where}: one run answers ${JSON.stringify(own)}, another ${JSON.stringify(answer)}`);
      }
      return;
    }
    const faults = own
      ? compareAnswers(question, this.rows, { ...own, from: 'one run' }, { ...answer, from: 'another' }, true)
      : [];
    const { isNearestRank = false } = ENGINES[name];
    for (const kind of isNearestRank ? [true, false] : [false]) {
      const key = [order, question, kind].join('/');
      const first = this.#first.get(key);
      if (first) {
        faults.push(...compareAnswers(question, this.rows, first, { ...answer, from: ENGINES[name].title }, kind));
      } else {
        this.#first.set(key, { ...answer, from: ENGINES[name].title });
      }
    }
    if (faults.length) {
      throw new Disagreement(`${where}:\n  ${faults.join('\n  ')}`);
    }
  }
}
