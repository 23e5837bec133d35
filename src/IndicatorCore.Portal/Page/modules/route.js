// every view has an address: ?view=indicator&place=city:大连&indicator=knr&lang=en

const names = ['view', 'place', 'indicator', 'below', 'factory', 'floor', 'verdict', 'subject', 'row', 'dataset', 'revision', 'lang'];

/** What the address asks for. */
export function read(search = location.search) {
  const given = new URLSearchParams(search);
  const state = Object.fromEntries(names.map(name => [name, given.get(name) || null]));
  state.view ??= 'overview';
  return state;
}

/** The address of a state: defaults are left out, and names keep their order. */
export function href(state) {
  const parts = names
    .filter(name => state[name] !== null && state[name] !== undefined && !(name === 'view' && state.view === 'overview'))
    .map(name => `${name}=${encodeURIComponent(state[name]).replace(/%3A/g, ':').replace(/%2F/g, '/')}`);
  return parts.length ? `?${parts.join('&')}` : location.pathname;
}
