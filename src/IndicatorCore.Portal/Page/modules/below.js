import { Places, levelOf } from './places.js';

/** The kinds of places below that the publication has rows of, the next one first. */
export const kindsBelow = ({ place, places, publication }, least = 1) =>
  Places.below(place).filter(kind => publication.levels.includes(levelOf(kind)) && places.list(place, kind).length >= least);

/**
 * The rows of the level that is asked for, or of the first one. A level of which nothing may be shown (cities of one enterprise each) gives way to the next:
 * `passed` says which.
 */
export async function rowsBelow(context, kinds, rowsOf) {
  const chosen = kinds.includes(context.state.below) ? context.state.below : null;
  let passed = null;
  for (const kind of chosen ? [chosen] : kinds) {
    const rows = (await rowsOf(kind)).filter(row => Object.values(row.group).every(part => part !== null));
    if (chosen || kind === kinds[kinds.length - 1] || rows.some(row => row.value !== null)) { return { below: kind, rows, passed }; }
    passed ??= kind;
  }
  return { below: null, rows: [], passed };
}
