// A contender is a process of its own that answers a request a line (JSON) on its standard output.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { PeakMemory } from './memory.js';

export class Contender {
  #process;
  #waiting = [];
  #errors = '';
  #end = null;

  // command: [programme, ...arguments]
  constructor(name, command, environment = {}) {
    this.name = name;
    this.#process = spawn(command[0], command.slice(1), {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, ...environment },
    });
    createInterface({ input: this.#process.stdout }).on('line', (line) => this.#take(line));
    this.#process.stderr.on('data', (bytes) => {
      this.#errors = (this.#errors + bytes).slice(-4000);
    });
    this.#process.stdin.on('error', () => {});
    const end = (why) => {
      this.#end ??= new Error(`${name} ended: ${why}\n${this.#errors}`);
      for (const { reject } of this.#waiting.splice(0)) {
        reject(this.#end);
      }
    };
    this.#process.on('error', (error) => end(error.message));
    this.#process.on('close', (code, signal) => end(signal ?? `exit code ${code}`));
  }

  get pid() {
    return this.#process.pid;
  }

  async ask(request) {
    if (this.#end) {
      throw this.#end;
    }
    const answer = await new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#process.stdin.write(`${JSON.stringify(request)}\n`);
    });
    if (answer.error) {
      throw new Error(`${this.name}, ${JSON.stringify(request)}: ${answer.error}`);
    }
    return answer;
  }

  // The private memory that the request took at most, in bytes.
  async askWatched(request) {
    const peak = new PeakMemory(this.pid);
    try {
      return { answer: await this.ask(request), peak: peak.stop() };
    } finally {
      peak.stop();
    }
  }

  async quit() {
    if (!this.#end) {
      const closed = new Promise((resolve) => this.#process.once('close', resolve));
      this.#process.stdin.end('{"op":"quit"}\n');
      const killer = setTimeout(() => this.#process.kill('SIGKILL'), 10_000);
      await closed;
      clearTimeout(killer);
    }
  }

  #take(line) {
    // libraries may print lines of their own; an answer is one JSON object
    if (!line.startsWith('{')) {
      return;
    }
    const waiting = this.#waiting.shift();
    try {
      waiting?.resolve(JSON.parse(line));
    } catch (error) {
      waiting?.reject(new Error(`${this.name} answered what is no JSON: ${line.slice(0, 200)} (${error.message})`));
    }
  }
}
