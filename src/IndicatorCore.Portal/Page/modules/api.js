// the endpoints of the portal: problems as exceptions, keys, and a memory of what cannot change

const root = new URL('api/v1/', document.baseURI);
const kept = new Map();      // answers about a fixed revision, by address
const mostKept = 150;
let askForKey = null;

/** What an endpoint refused: the words of its problem document. */
export class Problem extends Error {
  constructor(status, title, detail, parameter) {
    super(detail || title);
    this.status = status;
    this.title = title;
    this.parameter = parameter;
  }
}

/** Says who asks a person for an access key when one is needed: a function that resolves to whether there is one now. */
export const onKeyNeeded = ask => { askForKey = ask; };

/** The access key of this tab, or null. */
export const key = () => { try { return sessionStorage.getItem('indicators.key'); } catch { return memoryKey; } };
let memoryKey = null;

/** Keeps the key for this tab, or forgets it; what was read with another key is forgotten too. */
export function useKey(value) {
  memoryKey = value;
  kept.clear();
  try {
    if (value === null) { sessionStorage.removeItem('indicators.key'); } else { sessionStorage.setItem('indicators.key', value); }
  } catch { /* kept in memory alone */ }
}

/** The address of an endpoint. Parameters that are null are left out; lists are repeated. */
export function address(path, parameters = {}) {
  const url = new URL(path, root);
  for (const [name, value] of Object.entries(parameters)) {
    for (const item of [value].flat()) {
      if (item !== null && item !== undefined) { url.searchParams.append(name, item); }
    }
  }
  return url;
}

/** JSON of an endpoint. What names a revision is remembered. */
export async function get(path, parameters = {}, signal = undefined) {
  const url = address(path, parameters).href;
  if (kept.has(url)) { return kept.get(url); }
  const response = await send(url, { signal });
  const answer = parse(await response.text());
  if (parameters.revision || path === 'catalog' || path.startsWith('results/')) {
    kept.set(url, answer);
    if (kept.size > mostKept) { kept.delete(kept.keys().next().value); }
  }
  return answer;
}

/** All rows of a paged endpoint. */
export async function all(path, parameters, signal, most = 50_000) {
  const rows = [];
  for (;;) {
    const page = await get(path, { ...parameters, offset: rows.length || null, limit: 10_000 }, signal);
    rows.push(...page.results);
    if (!page.next || page.results.length === 0 || rows.length >= most) { return rows; }
  }
}

/** The entity tag of an endpoint now, without its content where it is still the one given. */
export async function tag(path, known) {
  const response = await fetch(address(path), { headers: headers(known ? { 'If-None-Match': known } : {}), cache: 'no-store' });
  return response.status === 304 ? known : response.ok ? response.headers.get('ETag') ?? await response.text() : known;
}

/** A file of an endpoint, under the name that the endpoint gives it. */
export async function file(path, parameters, fallback) {
  const response = await send(address(path, parameters).href, { accept: '*/*' });
  const disposition = response.headers.get('Content-Disposition') ?? '';
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  const plain = /filename="?([^";]+)"?/i.exec(disposition)?.[1];
  return { name: encoded ? decodeURIComponent(encoded) : plain ?? fallback, blob: await response.blob() };
}

/** Whether a key is good: its grants, or the problem. */
export async function whoami(candidate) {
  const response = await fetch(address('whoami'), { headers: candidate ? { Authorization: `Bearer ${candidate}` } : {}, cache: 'no-store' });
  if (!response.ok) { throw await problem(response); }
  return response.json();
}

async function send(url, { signal, accept = 'application/json' } = {}) {
  for (;;) {
    const response = await fetch(url, { headers: headers({ Accept: accept }), signal });
    if (response.ok) { return response; }
    if (response.status !== 401 || !askForKey || !await askForKey()) { throw await problem(response); }
  }
}

const headers = more => (key() ? { ...more, Authorization: `Bearer ${key()}` } : more);

async function problem(response) {
  let given = {};
  try { given = await response.json(); } catch { /* not a problem document */ }
  return new Problem(response.status, given.title ?? `HTTP ${response.status}`, given.detail, given.parameter);
}

// integers beyond 2^53 stay exact, as texts, where the browser tells how they were written
function parse(text) {
  return /:-?\d{16}/.test(text)
    ? JSON.parse(text, (_, value, context) => (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? '') ? context.source : value))
    : JSON.parse(text);
}
