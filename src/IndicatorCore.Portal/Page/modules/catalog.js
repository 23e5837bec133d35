import { current, pick, t } from './language.js';

/** The four figures that programmes ask for first. */
export const headline = ['knr', 'cov_grid', 'eff_gain', 'cost_red'];

/** The subjects under which the other figures stand, by the beginnings of their ids. */
export const subjects = [
  ['connectivity', /^(knr|link_avail|online_instant|n_5g_terminals|n_devices_5g|n_unregistered)/],
  ['coverage', /^(cov_|rsrp|sinr|bs_|prru)/],
  ['capability', /^(lat_|jitter|reliability|loss|thr|conn|concurrency|capacity)/],
  ['production', /^(eff_gain|cost_red|oee|fpy|scrap|mtbf|mttr|energy|labour|cost_per)/],
  ['scenarios', /^(scenario|system_count|security|edge_nodes)/],
  ['zones', /^zone_/],
  ['quality', /^dq_/],
];

/** The subject of an indicator. */
export const subjectOf = id => subjects.find(([, begins]) => begins.test(id))?.[0] ?? 'others';

/** The definitions by indicator; a part is defined by its whole. */
export class Catalog {
  constructor(indicators) {
    this.indicators = indicators;
    this.byId = new Map(indicators.flatMap(indicator => (indicator.parts ?? []).map(part => [part, indicator])));
    indicators.forEach(indicator => this.byId.set(indicator.id, indicator));
    this.order = new Map(indicators.flatMap(indicator => [indicator.id, ...indicator.parts ?? []]).map((id, i) => [id, i]));
  }

  /** The definition of an indicator or of the whole that it is a part of. */
  of(id) { return this.byId.get(id); }

  /** Its name; a part is called as its whole, with what it is or its own id. */
  name(id) {
    const indicator = this.byId.get(id);
    if (!indicator) { return id; }
    const name = pick(indicator.name_zh, indicator.name_en);
    if (indicator.id === id) { return name; }
    const form = t(`form.${id}`);
    if (form !== `form.${id}`) { return `${name}${t('colon')}${form.slice(0, 1).toLowerCase()}${form.slice(1)}`; }
    return current() === 'en' ? `${name} (${id})` : `${name}（${id}）`;
  }

  /** Whether a greater figure is better. */
  isHigherBetter(id) { return this.byId.get(id)?.better !== 'down'; }

  /** Whether it is a part of another one. */
  isPart(id) { const indicator = this.byId.get(id); return indicator !== undefined && indicator.id !== id; }
}
