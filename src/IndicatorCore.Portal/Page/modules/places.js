import { phrase, pick, t } from './language.js';

// the tree of places as far as the caller may see it: province, city, factory, line

const order = ['all', 'province', 'city', 'factory', 'line'];

/** The places of a publication and what may be seen of them. */
export class Places {
  constructor(factories, grants) {
    this.factories = factories;
    this.byId = new Map(factories.map(factory => [factory.factory, factory]));
    this.ofLine = new Map(factories.flatMap(factory => factory.lines.map(line => [line, factory])));
    this.known = { province: new Set(factories.map(factory => factory.province)), city: new Set(factories.map(factory => factory.city)), factory: this.byId, line: this.ofLine };
    this.roots = rootsOf(grants, factories);
  }

  /** The place at which a visit begins. */
  get home() { return this.roots[0]; }

  /** A place from its text, or the home where there is none or it is not known. */
  of(text) {
    const at = text?.indexOf(':') ?? -1;
    const place = at > 0 ? { kind: text.slice(0, at), value: text.slice(at + 1) } : null;
    return place && this.knows(place) && this.mayShow(place) ? place : text === 'all' && this.home.kind === 'all' ? { kind: 'all', value: '' } : null;
  }

  knows({ kind, value }) { return value !== null && Boolean(this.known[kind]?.has(value)); }

  /** Whether a place lies within what the caller may see as a whole. */
  mayShow(place) {
    const depth = root => order.indexOf(root.kind);
    return this.roots.some(root => depth(root) <= depth(place)
      && (root.kind === 'all' || this.within(place).every(factory => factory[root.kind] === root.value)));
  }

  /** The places from a root down to this one. */
  path(place) {
    const factory = place.kind === 'line' ? this.factoryOf(place) : this.factories.find(candidate => candidate[place.kind] === place.value);
    const all = [
      { kind: 'all', value: '' },
      { kind: 'province', value: factory?.province },
      { kind: 'city', value: factory?.city },
      { kind: 'factory', value: factory?.factory },
      place,
    ];
    const depth = order.indexOf(place.kind);
    const from = Math.min(...this.roots.map(root => order.indexOf(root.kind)));
    return all.slice(0, depth).concat(place).filter((step, i) => order.indexOf(step.kind) >= from && step.value !== null && step.value !== undefined);
  }

  /** The factories within a place. */
  within(place) {
    return place.kind === 'all' ? this.factories
      : place.kind === 'line' ? [this.factoryOf(place)].filter(Boolean)
      : this.factories.filter(factory => factory[place.kind] === place.value);
  }

  /** The factory of a line. */
  factoryOf(place) {
    return (place.kind === 'factory' ? this.byId : this.ofLine).get(place.value);
  }

  /** The kinds below, the next one first. */
  static below(place) { return order.slice(order.indexOf(place.kind) + 1); }

  /** The places of a kind within a place. */
  list(place, kind) {
    const factories = this.within(place);
    return kind === 'line'
      ? factories.flatMap(factory => factory.lines.map(line => ({ kind, value: line })))
      : [...new Set(factories.map(factory => factory[kind]).filter(Boolean))].map(value => ({ kind, value }));
  }

  /** What a place is called. */
  nameOf(place) {
    return place.kind === 'all' ? t('everywhere')
      : place.kind === 'factory' ? this.byId.get(place.value)?.name ?? place.value
      : place.value;
  }

  /** The place that a row is about, or null where it is none (unassigned, or grouped by something else). */
  ofRow(row) {
    const kinds = Object.keys(row.group);
    const kind = kinds[kinds.length - 1];
    const place = { kind, value: row.group[kind] };
    return order.includes(kind) && place.value && this.knows(place) ? place : null;
  }

  /** What a row's group is called. */
  nameOfRow(row) {
    const place = this.ofRow(row);
    return place ? this.nameOf(place) : nameOfGroup(row.group);
  }
}

/** The text of a place in addresses and in the endpoints' `within`. */
export const text = place => (place.kind === 'all' ? 'all' : `${place.kind}:${place.value}`);

/** The level of the rows that are about places of a kind. */
export const levelOf = kind => (kind === 'line' ? 'factory,line' : kind === 'all' ? '' : kind);

/** The place as a condition on groups. */
export const groupOf = place => (place.kind === 'all' ? null : text(place));

/** The part of the tree whose rows are asked for; a line's are its factory's. */
export const withinOf = (place, places) => (place.kind === 'all' ? null : place.kind === 'line' ? `factory:${places.factoryOf(place)?.factory}` : text(place));

/** What a group is called where it is no place. */
export function nameOfGroup(group) {
  const pairs = Object.entries(group);
  return pairs.length === 0 ? t('everywhere') : pairs.map(([key, value]) => value ?? pick(`未归属${phrase('key', key)}`, `no ${phrase('key', key).toLowerCase()}`)).join(' / ');
}

function rootsOf(grants, factories) {
  const read = (grants ?? []).filter(grant => grant.kind === 'read').map(grant => grant.scope);
  const named = read.filter(scope => /^(province|city|factory):/.test(scope)).map(scope => ({ kind: scope.slice(0, scope.indexOf(':')), value: scope.slice(scope.indexOf(':') + 1) }));
  if (read.length > 0 && named.length === read.length) {
    return named.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  }
  const provinces = [...new Set(factories.map(factory => factory.province))];
  return provinces.length === 1 && provinces[0] ? [{ kind: 'province', value: provinces[0] }] : [{ kind: 'all', value: '' }];
}
