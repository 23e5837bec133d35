// What is asked, and how its figures are compared. Ids are those of questions/q1.json to q3.json.
//   exact: counts, integer sums, minima and maxima in millionths; sum: a double sum of the peers'; rank: a quantile
export const QUESTIONS = {
  Q1: {
    rows: 'exact', online: 'exact', key: 'exact', key_online: 'exact', covered: 'exact', radio: 'exact',
    good: 'exact', work: 'exact', energy: 'sum', cost: 'sum', lat_min: 'exact', lat_max: 'exact',
  },
  Q2: { key_devices: 'exact' },
  Q3: { p95: 'rank' },
};

// The figure by which a question's groups are counted and weighed.
export const FIRST = { Q1: 'rows', Q2: 'key_devices', Q3: 'p95' };

// Single float32 readings, compared in millionths.
export const READINGS = new Set(['lat_min', 'lat_max', 'p95']);

export const QUANTILE = 0.95;
export const HOUR_MS = 3_600_000;
