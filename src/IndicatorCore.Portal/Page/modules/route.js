// every view has an address: ?view=indicator&place=city:大连&indicator=knr&lang=en

const names = ['view', 'place', 'indicator', 'below', 'factory', 'floor', 'verdict', 'row', 'dataset', 'revision', 'lang'];

// what only some views know
const own = { indicator: ['indicator'], below: ['overview', 'indicator', 'phases'], factory: ['coverage', 'forms'], floor: ['coverage'], verdict: ['declared'] };

/** What the address asks for. */
export function read(search = location.search) {
  const given = new URLSearchParams(search);
  const state = Object.fromEntries(names.map(name => [name, given.get(name) || null]));
  state.view ??= 'overview';
  return state;
}

/** The address of a state: defaults and what the view does not know are left out, and names keep their order. */
export function href(state) {
  const parts = names
    .filter(name => state[name] !== null && state[name] !== undefined && !(name === 'view' && state.view === 'overview') && (own[name]?.includes(state.view) ?? true))
    .map(name => `${name}=${encodeURIComponent(state[name]).replace(/%3A/g, ':').replace(/%2F/g, '/')}`);
  return parts.length ? `?${parts.join('&')}` : location.pathname;
}
