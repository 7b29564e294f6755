import type { Baseline, Point, PointWindow, Rule, Signal } from "./contracts";
import { hasConstantLimits, ruleName, type JudgeAnswer } from "./judgeAnswer";

type Zones = NonNullable<Baseline["zones"]>;

/** The time of an index on a numbered axis, where points lie one second apart. */
const timeAt = (index: number): string => new Date(index * 1000).toISOString();

/** A judged series as a window of points; those before the judged ones are the baseline. A missing value is a gap. */
export function judgedPoints(answer: JudgeAnswer, before: readonly (number | null)[], judged: readonly (number | null)[]): PointWindow {
  const signals = signalsOf(answer);
  const points: Point[] = [];
  const lineAt = (line: "centre" | "lower" | "upper", index: number): number | null =>
    hasConstantLimits(answer.limits) ? answer.limits[line] : (answer.limits[line][index] ?? null);
  [...before, ...judged].forEach((value, number) => {
    if (value === null) return;
    const index = number - before.length;
    const shared = { number, time: timeAt(number), value, count: 1, startsSegment: points.length > 0 && points.at(-1)!.number !== number - 1 };
    if (index < 0) points.push({ ...shared, phase: "baseline", signals: [] });
    else
      points.push({
        ...shared, phase: "judged", baselineId: 1, centre: lineAt("centre", index), lower: lineAt("lower", index), upper: lineAt("upper", index),
        signals: signals.get(index) ?? [],
      });
  });
  return { points, baselines: [baselineOf(answer, before.length)], annotations: [] };
}

function signalsOf({ signals }: JudgeAnswer): Map<number, Signal[]> {
  const byIndex = new Map<number, Signal[]>();
  for (const { index, rule, direction } of signals) {
    const there = byIndex.get(index) ?? [];
    there.push({ rule: ruleName(rule) as Rule, direction });
    byIndex.set(index, there);
  }
  return byIndex;
}

// Without values of its own on the axis, the stretch of the baseline lies before the axis begins.
function baselineOf({ chart, limits }: JudgeAnswer, length: number): Baseline {
  return {
    id: 1, version: 1, count: chart.baseline, from: timeAt(length > 0 ? 0 : -1000), to: timeAt(length > 0 ? length - 1 : -999),
    zones: hasConstantLimits(limits) ? zonesOf(limits.zones, limits.lower, limits.upper) : null, movingRangeCentre: 0, movingRangeUpper: 0,
  };
}

// The control limits are those of R1, with a width of its own where a budget set it.
function zonesOf(zones: (number | null)[], lower: number | null, upper: number | null): Zones | null {
  const lines = [lower, ...zones.slice(1, 6), upper];
  return lines.length === 7 && lines.every((line) => line !== null) ? (lines as Zones) : null;
}
