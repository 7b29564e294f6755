import type { Baseline, Point, Rule } from "./contracts";

/** A judged point as the service tells it, one second after the one before. */
export function judged(number: number, value = 1, rules: Rule[] = [], more: Partial<Point> = {}): Point {
  return {
    number,
    time: new Date(Date.UTC(2026, 0, 1) + number * 1000).toISOString(),
    value,
    count: 1,
    movingRange: 0.1,
    phase: "judged",
    startsSegment: false,
    baselineId: 1,
    centre: 1,
    lower: 0.7,
    upper: 1.3,
    signals: rules.map((rule) => ({ rule, direction: "up" as const })),
    ...more,
  };
}

export const baseline: Baseline = {
  id: 1,
  version: 1,
  from: "2026-01-01T00:00:00Z",
  to: "2026-01-01T00:00:01Z",
  count: 100,
  zones: [0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3],
  movingRangeCentre: 0.11,
  movingRangeUpper: 0.37,
};
