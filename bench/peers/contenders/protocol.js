// What every contender in Node shares: a request a line in, an answer a line out.
//   {"op":"hello"}                                              -> {}    the library is loaded, nothing else
//   {"op":"prepare","data","order","setting","threads"}         -> {"version","questions":{"Q1":["formulation",...]}}
//   {"op":"run","question","formulation","threads"}             -> {"ms","answer":{"groups","figures":{...},"weighted"}}
//   {"op":"dump","question","file"}                             -> {}    every group, tab-separated
//   {"op":"memory"}                                             -> {"rssBytes"}
//   {"op":"quit"}
// A request that fails is answered with {"error"}.
import { createInterface } from 'node:readline';

export async function serve(handlers) {
  for await (const line of createInterface({ input: process.stdin })) {
    let answer;
    try {
      const request = JSON.parse(line);
      if (request.op === 'quit') {
        break;
      }
      answer = await answerTo(handlers, request);
    } catch (error) {
      answer = { error: String(error?.stack ?? error) };
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
  await handlers.close?.();
  process.exit(0);
}

async function answerTo(handlers, request) {
  switch (request.op) {
    case 'hello':
      return {};
    case 'memory':
      return { rssBytes: process.memoryUsage().rss };
    case 'prepare':
    case 'run':
    case 'dump':
      return (await handlers[request.op](request)) ?? {};
    default:
      throw new Error(`there is no operation '${request.op}'`);
  }
}

export async function timed(work) {
  const started = process.hrtime.bigint();
  const result = await work();
  return { ms: Number(process.hrtime.bigint() - started) / 1e6, result };
}
