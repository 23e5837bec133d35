import { h } from '../dom.js';
import { t } from '../language.js';
import { coverageMap } from '../charts.js';
import { choice, empty, facts, flags, link, range, section, status, value } from '../parts.js';

const states = [['unmeasured', 'too_few_samples', 'UNMEASURED', 'Unmeasured'], ['not_covered', 'NOT_COVERED', 'NotCovered'], ['covered', 'COVERED', 'Covered']];

/** The coverage map of a factory, floor by floor. */
export async function render(context) {
  const { place, places, state } = context;
  const factories = places.within(place);
  const chosen = factories.find(factory => factory.factory === state.factory) ?? factories[0];
  if (!chosen) { return { title: t('view.coverage'), body: empty(t('noCells')) }; }
  const [cells, rows] = await Promise.all([
    context.get('coverage', { factory: chosen.factory }).then(answer => answer.cells),
    context.all('results', { level: 'factory', group: `factory:${chosen.factory}`, indicator: 'cov_grid,cov_grid.measured_share,cov_sample,cov_area_m2' }),
  ]);
  const named = cells.map(cell => ({ ...cell, state: states.findIndex(names => names.includes(cell.state)) }));
  const floors = [...new Set(named.map(cell => cell.floor))].sort((a, b) => a - b);
  const floor = floors.find(candidate => String(candidate) === state.floor) ?? floors[0];
  const onFloor = named.filter(cell => cell.floor === floor);
  const grid = rows.find(row => row.indicator === 'cov_grid');
  return {
    title: t('coverageOf', chosen.name),
    lead: h('p', { class: 'picker' },
      choice(t('factory'), factories.map(factory => [factory.factory, `${factory.name} (${factory.factory})`]), chosen.factory, factory => context.go({ factory, floor: null }), 'factory'),
      floors.length > 1 ? choice(t('floor'), floors.map(candidate => [String(candidate), t('floorN', candidate)]), String(floor), value => context.go({ floor: value }), 'floor') : null),
    body: [
      h('div', { class: 'split' },
        section(t('mapOf', t('floorN', floor ?? 0)),
          onFloor.length === 0 ? empty(t('noCells'), h('p', { class: 'note' }, t('noCellsNote')))
            : [h('p', { class: 'note' }, t('mapNote')), coverageMap(context, { name: `${chosen.name} · ${t('floorN', floor)}`, cells: onFloor, states: [0, 1, 2] })]),
        section(t('figure'),
          grid ? [h('p', { class: 'big' }, value(context, grid)), range(grid) ? h('p', {}, range(grid)) : null, h('p', {}, status(grid), ' ', flags(grid))] : empty(t('noFigureHere')),
          facts(rows.filter(row => row !== grid).map(row => [context.catalog.name(row.indicator), value(context, row)])),
          h('p', {}, link(context, { view: 'overview', place: `factory:${chosen.factory}`, factory: null, floor: null }, t('toFactory', chosen.name))))),
    ],
  };
}
