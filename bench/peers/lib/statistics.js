export function median(values) {
  if (values.length === 0) {
    return NaN;
  }
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

// The median of the rounds' ratios: what a round was disturbed by, both sides met.
export function medianRatio(above, below) {
  const ratios = [];
  for (let round = 0; round < Math.min(above.length, below.length); round++) {
    ratios.push(above[round] / below[round]);
  }
  return median(ratios);
}

// A float32 reading in millionths, rounded once, half to even, as ours are kept. The product is exact for readings below 2^15.
export function millionths(value) {
  const scaled = value * 1e6;
  const floor = Math.floor(scaled);
  const fraction = scaled - floor;
  if (fraction !== 0.5) {
    return fraction < 0.5 ? floor : floor + 1;
  }
  return floor % 2 === 0 ? floor : floor + 1;
}
