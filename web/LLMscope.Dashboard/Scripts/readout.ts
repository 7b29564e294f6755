import type { Point } from "./contracts";
import { utc } from "./localTimes";
import { quantity } from "./quantity";

/** One point in words. */
export function readoutOf(point: Point, unit: string): string {
  const parts = [`Point ${point.number}`, utc(point.time), quantity(point.value, unit)];
  if (point.count > 1) parts.push(`${point.count} samples`);
  if (point.lower != null && point.upper != null) parts.push(`limits ${quantity(point.lower, unit)} to ${quantity(point.upper, unit)}`);
  else parts.push(point.phase === "baseline" ? "baseline, not judged" : "recorded");
  const signals = point.signals.map((signal) => signal.rule + (signal.direction === "none" ? "" : ` ${signal.direction}`));
  if (signals.length > 0) parts.push(`signals ${signals.join(", ")}`);
  return parts.join(" · ");
}
