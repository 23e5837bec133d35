// Private memory (RssAnon) of a process, sampled every 10 ms; pages of mapped files are not counted, they are the kernel's to take back.
import { readFileSync } from 'node:fs';

const SAMPLE_MS = 10;

export function privateBytes(pid) {
  try {
    const match = /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'));
    return match ? Number(match[1]) * 1024 : 0;
  } catch {
    return 0;
  }
}

export class PeakMemory {
  #pid;
  #peak;
  #timer;

  constructor(pid) {
    this.#pid = pid;
    this.#peak = privateBytes(pid);
    this.#timer = setInterval(() => this.#sample(), SAMPLE_MS);
  }

  stop() {
    clearInterval(this.#timer);
    this.#sample();
    return this.#peak;
  }

  #sample() {
    this.#peak = Math.max(this.#peak, privateBytes(this.#pid));
  }
}
