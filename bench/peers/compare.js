#!/usr/bin/env node
// The same questions to IndicatorCore and its peers on the same files, in interleaved rounds. See README.md.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareDumps, compareRanks, Disagreement, parseDump } from './lib/agreement.js';
import { Contender } from './lib/contender.js';
import { ENGINES, isInstalled, PEERS } from './lib/engines.js';
import { markdown } from './lib/markdown.js';
import { privateBytes } from './lib/memory.js';
import { readOptions, USAGE, UsageError } from './lib/options.js';
import { AnswerBook, entriesOf, request, rounds, warmUp } from './lib/plan.js';
import { QUESTIONS } from './lib/questions.js';
import { Random } from './lib/random.js';
import { filesOf, generate } from './generate.js';
import { writeRegistry } from './registry.js';

const ROOT = dirname(fileURLToPath(import.meta.url));
const REPOSITORY = join(ROOT, '..', '..');
const INSTALL = 'npm ci --prefix bench/peers';
const OURS = join(REPOSITORY, 'artifacts', 'bin', 'IndicatorCore.Bench.Questions', 'release', 'IndicatorCore.Bench.Questions.dll');
const COMMANDS = [
  join(REPOSITORY, 'artifacts', 'publish', 'IndicatorCore.Cli', 'release', 'indicators'),
  join(REPOSITORY, 'artifacts', 'bin', 'IndicatorCore.Cli', 'release', 'indicators.dll'),
];
const DISAGREED = 1;
const USAGE_ERROR = 2;
const FAILED = 3;

const say = (text) => process.stderr.write(`${text}\n`);

class Comparison {
  #options;
  #names;
  #random;
  #answers = new AnswerBook();
  #dumped = new Set();
  #expected = new Map();
  #scratch = mkdtempSync(join(tmpdir(), 'indicatorcore-peers-'));
  #results = { meta: {}, entries: [], memory: [], agreement: [], notes: [] };

  constructor(options, peers) {
    this.#options = options;
    this.#random = new Random(options.seed);
    const command = options.process ? COMMANDS.find(existsSync) : undefined;
    this.#names = Object.keys(ENGINES).filter((name) => (name === 'process' ? command : ENGINES[name].packages === undefined || peers.includes(name)));
    if (options.process && !command) {
      this.#note('The command is not built: no times of a whole `indicators run` (dotnet publish src/IndicatorCore.Cli -c Release).');
    }
    this.command = command;
    this.#results.meta = {
      rows: 0, rounds: options.rounds, threads: options.threads, seed: options.seed, cpu: `${cpus()[0].model}, ${cpus().length} cores`, versions: {},
      date: new Date().toISOString().slice(0, 10),
    };
  }

  async run() {
    try {
      for (const order of this.#options.orders) {
        for (const setting of this.#options.settings) {
          await this.#group(order, setting);
        }
      }
      if (this.#options.memory) {
        await this.#measureMemory();
      }
      return this.#results;
    } finally {
      rmSync(this.#scratch, { recursive: true, force: true });
    }
  }

  // All contenders of one order and setting hold their data at once; the next group begins when they have quit.
  async #group(order, setting) {
    const contenders = new Map();
    const entries = [];
    const check = (entry, formulation, answer) => this.#answers.check(order, setting, entry, formulation, answer);
    try {
      for (const name of this.#names.filter((name) => ENGINES[name].settings[setting])) {
        say(`${order}, ${setting}: ${ENGINES[name].title} prepares`);
        const contender = this.#start(name);
        contenders.set(name, contender);
        const description = await contender.ask(this.#prepare(name, order, setting));
        this.#describe(name, setting, description);
        for (const entry of entriesOf(name, description, { setting, questions: this.#options.questions, threads: this.#options.threads })) {
          say(`  tries ${entry.question}, ${entry.threads} threads`);
          await warmUp(contender, entry, { warmups: this.#options.warmups, check });
          entries.push({ ...entry, order, setting });
        }
      }
      await this.#compareGroups(order, setting, contenders, entries);
      say(`${order}, ${setting}: ${this.#options.rounds} rounds of ${entries.length} runs`);
      await rounds(contenders, entries, { count: this.#options.rounds, random: this.#random, check });
      this.#results.entries.push(...entries);
    } finally {
      await Promise.all([...contenders.values()].map((contender) => contender.quit()));
    }
  }

  #start(name) {
    const environment = { POLARS_MAX_THREADS: String(this.#options.threads) };
    if (name === 'process') {
      return new Contender(ENGINES[name].title, [process.execPath, join(ROOT, 'contenders', 'command.js'), this.command], environment);
    }
    const command = ENGINES[name].packages ? [process.execPath, join(ROOT, 'contenders', `${name}.js`)] : ['dotnet', OURS];
    return new Contender(ENGINES[name].title, command, environment);
  }

  #prepare(name, order, setting) {
    return {
      op: 'prepare', engine: name === 'limits' ? 'limits' : 'ours', data: this.#options.data, order, setting: ENGINES[name].settings[setting],
      questions: join(ROOT, 'questions'), threads: this.#options.threads,
    };
  }

  #describe(name, setting, { version, questions, rows }) {
    // given data may be of another size than asked for
    this.#results.meta.rows = rows ?? this.#results.meta.rows;
    this.#answers.rows = this.#results.meta.rows;
    this.#results.meta.versions[name] = version;
    if (name === 'ours' && !('Q1' in questions)) {
      this.#note('This build has no user-defined indicators: Q1 to Q3 are not asked of ours.');
    }
    if (name === 'ours' && !('Q4' in questions) && this.#options.questions.includes('Q4')) {
      this.#note('There is no registry beside the data (node bench/peers/registry.js, with DuckDB): Q4 is not asked.');
    }
    if (name === 'limits' && setting === 'lz4' && !('lz4-block' in questions)) {
      this.#note('liblz4.so.1 is not here: LZ4 is not held against it.');
    }
  }

  #note(text) {
    if (!this.#results.notes.includes(text)) {
      this.#results.notes.push(text);
    }
  }

  // Every group of every contender once an order, against those of DuckDB, else of the first contender.
  async #compareGroups(order, setting, contenders, entries) {
    const names = [...contenders.keys()].filter((name) => !ENGINES[name].isSilent && !this.#dumped.has(`${order}/${name}`));
    for (const question of Object.keys(QUESTIONS)) {
      const asked = names.map((name) => entries.find((entry) => entry.name === name && entry.question === question)).filter((entry) => entry);
      const key = `${order}/${question}`;
      if (asked.length && !this.#expected.has(key)) {
        this.#expected.set(key, await this.#reference(asked, contenders));
      }
      const { name: reference, dump: expected, ranks } = this.#expected.get(key) ?? {};
      for (const entry of asked.filter((entry) => entry.name !== reference)) {
        const found = await this.#dump(contenders.get(entry.name), request(entry), 'dump');
        const isNearestRank = Boolean(ENGINES[reference].isNearestRank && ENGINES[entry.name].isNearestRank);
        const faults = compareDumps(question, expected, found, { rowsOf: (group) => expected.groups.get(group)?.rows ?? 0, isNearestRank });
        if (ranks && !isNearestRank) {
          faults.push(...compareRanks(ranks, found));
        }
        if (faults.length) {
          throw new Disagreement(`${order}, ${setting}, ${question}, group by group:\n  ${faults.join('\n  ')}`);
        }
        this.#results.agreement.push(`${order}, ${question}: ${ENGINES[entry.name].title} and ${ENGINES[reference].title}, `
          + `${expected.groups.size.toLocaleString('en')} groups: ${manner(question, isNearestRank, ranks)}.`);
      }
    }
    names.forEach((name) => this.#dumped.add(`${order}/${name}`));
  }

  async #reference(asked, contenders) {
    const entry = asked.find(({ name }) => name === 'duckdb') ?? asked[0];
    const contender = contenders.get(entry.name);
    const ranks = entry.question === 'Q3' && entry.name === 'duckdb' ? await this.#dump(contender, { op: 'dump', question: 'ranks' }) : null;
    return { name: entry.name, dump: await this.#dump(contender, request(entry), 'dump'), ranks };
  }

  async #dump(contender, asked, op = asked.op) {
    const file = join(this.#scratch, 'groups.tsv');
    await contender.ask({ ...asked, op, file });
    const dump = parseDump(readFileSync(file, 'utf8'), contender.name);
    rmSync(file);
    return dump;
  }

  // One question to a fresh process each; what the empty process held is subtracted for those that run in Node.
  async #measureMemory() {
    const entries = this.#results.entries.filter((entry) => entry.setting !== 'memory' && !ENGINES[entry.name].isSilent && entry.name !== 'ours-unchecked');
    for (const entry of entries.filter((entry) => entry.threads === this.#options.threads)) {
      say(`memory: ${entry.order}, ${entry.setting}, ${entry.question}, ${ENGINES[entry.name].title}`);
      const contender = this.#start(entry.name);
      try {
        await contender.ask({ op: 'hello' });
        const empty = ENGINES[entry.name].packages ? privateBytes(contender.pid) : 0;
        await contender.ask(this.#prepare(entry.name, entry.order, entry.setting));
        const { peak } = await contender.askWatched(request(entry));
        this.#results.memory.push({ order: entry.order, setting: entry.setting, name: entry.name, question: entry.question, bytes: peak - empty });
      } finally {
        await contender.quit();
      }
    }
  }
}

function manner(question, isNearestRank, ranks) {
  if (question === 'Q3' && !isNearestRank) {
    return ranks ? 'within one rank' : 'not compared, for want of DuckDB';
  }
  return question === 'Q1' ? 'counts, integer sums, minima and maxima equal, other sums within 1e-6 × rows' : 'equal';
}

function chosenPeers(asked) {
  const absent = (asked ?? []).filter((name) => !isInstalled(name));
  if (absent.length) {
    throw new UsageError(`not installed: ${absent.map((name) => ENGINES[name].packages.join(' ')).join(' ')}. Run: ${INSTALL}`);
  }
  const peers = asked ?? PEERS.filter(isInstalled);
  if (asked === null && peers.length === 0) {
    throw new UsageError(`no peer is installed. Run: ${INSTALL} (or ask for --engines none)`);
  }
  return peers;
}

async function ensureData({ data, rows, orders, questions }) {
  if (filesOf(data, orders).some((file) => !existsSync(file))) {
    const absent = ['duckdb', 'polars'].filter((name) => !isInstalled(name));
    if (absent.length) {
      throw new UsageError(`the data is not whole in ${data}, and to make it ${absent.join(' and ')} must be installed. Run: ${INSTALL}`);
    }
    say(`makes ${rows.toLocaleString('en')} rows in ${data}`);
    await inOwnProcess('generate.js', data, String(rows));
  }
  if (questions.includes('Q4') && !existsSync(join(data, 'registry', 'devices.csv')) && isInstalled('duckdb') && existsSync(join(data, 'tm.parquet'))) {
    await writeRegistry(data);
  }
}

// so that what making the data took is given back before anything is measured
async function inOwnProcess(script, ...args) {
  const { status } = spawnSync(process.execPath, [join(ROOT, script), ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) {
    throw new Error(`${script} failed`);
  }
}

function build() {
  say('builds our side');
  const { status, stdout, error } = spawnSync('dotnet', ['build', '-c', 'Release', join(REPOSITORY, 'bench', 'IndicatorCore.Bench.Questions')], { encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`our side does not build: ${error ?? stdout}`);
  }
}

async function main() {
  const options = readOptions(process.argv.slice(2), ROOT);
  if (options.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const peers = chosenPeers(options.engines);
  await ensureData(options);
  if (options.build || !existsSync(OURS)) {
    build();
  }
  say(`seed ${options.seed}`);
  const text = markdown(await new Comparison(options, peers).run());
  process.stdout.write(text);
  if (options.out) {
    writeFileSync(options.out, text);
  }
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (error instanceof Disagreement) {
    say(`The answers do not agree. ${error.message}`);
    process.exitCode = DISAGREED;
  } else if (error instanceof UsageError) {
    say(`${error.message}\n${USAGE}`);
    process.exitCode = USAGE_ERROR;
  } else {
    say(String(error?.stack ?? error));
    process.exitCode = FAILED;
  }
}
