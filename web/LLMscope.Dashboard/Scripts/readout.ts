import type { Point } from "./contracts";
import { utc } from "./localTimes";
import { known, quantity, threeDigitText } from "./quantity";

/**
 * One point in words.
 * @param together What the characteristics of a joint chart are called.
 */
export function readoutOf(point: Point, unit: string, together?: readonly string[]): string {
  const parts = [`Point ${point.number}`, utc(point.time), known(point.value, unit)];
  if (point.count > 1) parts.push(`${point.count} samples`);
  if (point.upper != null) parts.push(point.lower == null ? `limit ${quantity(point.upper, unit)}` : `limits ${quantity(point.lower, unit)} to ${quantity(point.upper, unit)}`);
  else parts.push(point.phase === "baseline" ? "baseline, not judged" : "recorded");
  const signals = point.signals.map((signal) => signal.rule + (signal.direction === "none" ? "" : ` ${signal.direction}`));
  if (signals.length > 0) parts.push(`signals ${signals.join(", ")}`);
  const { contributions, deviations } = point.joint ?? {};
  if (together && contributions && deviations) parts.push(...partsOf(together, contributions, deviations));
  return parts.join(" · ");
}

// What adds most to T2 comes first.
const partsOf = (together: readonly string[], contributions: readonly number[], deviations: readonly number[]): string[] =>
  together
    .map((title, place) => ({ title, contribution: contributions[place] ?? 0, deviation: deviations[place] ?? 0 }))
    .sort((one, other) => other.contribution - one.contribution)
    .map(({ title, contribution, deviation }) => `${title} ${deviation < 0 ? "" : "+"}${deviation.toFixed(1)} sd adds ${threeDigitText(contribution)}`);
