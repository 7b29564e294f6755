/** Two distributions by their hundred and one quantiles, on an axis from its lowest to its highest value. */
export interface Distributions {
  low: number;
  high: number;
  isLog: boolean;
  before: readonly number[];
  after: readonly number[];
}

/** The value at a place of the axis, from 0 at the left edge to 1 at the right one. */
export function valueAt({ low, high, isLog }: Distributions, place: number): number {
  return isLog ? Math.exp(Math.log(low) + place * (Math.log(high) - Math.log(low))) : low + place * (high - low);
}

/** The share of a sample at or below a value, from 0 to 1, between its quantiles by interpolation; undefined for a sample without values. */
export function shareUpTo(quantiles: readonly number[], value: number): number | undefined {
  const last = quantiles.length - 1;
  if (last < 0) return undefined;
  if (value < quantiles[0]!) return 0;
  if (value >= quantiles[last]!) return 1;
  let above = 1;
  while (quantiles[above]! <= value) above++;
  const [from, to] = [quantiles[above - 1]!, quantiles[above]!];
  return (above - 1 + (value - from) / (to - from)) / last;
}

/** Numbers between spaces. */
export const numbersIn = (text: string | undefined): number[] => (text ?? "").split(" ").filter((part) => part !== "").map(Number);
