import type { Columns } from "./columns";
import type { Baseline, Plotted, Point, Rule, Signal } from "./contracts";

/** How many points each rule looks at, the signalled one included. */
export type Windows = Record<Rule, number>;

// Nelson's own numbers. Detectors look at all before the point, so that no stretch is theirs.
const printed: Windows = { R1: 1, R2: 9, R3: 6, R4: 14, R5: 3, R6: 5, R7: 15, R8: 8, CUSUM: 1, EWMA: 1, Level: 1 };

const order = Object.keys(printed);

export interface Runs {
  /** First and last row of each stretch that rules looked at when they signalled; overlapping ones are one. */
  spans: [number, number][];
  /** The points that made a rule true. */
  contributing: Set<number>;
}

/** A failing point is labelled with the lowest rule, as is the custom, and with a detector where no rule signals. */
export const lowestSignal = (point: Point): Signal | undefined =>
  point.signals.reduce<Signal | undefined>((lowest, signal) => (!lowest || order.indexOf(signal.rule) < order.indexOf(lowest.rule) ? signal : lowest), undefined);

/** The whole run behind each signal: a rule that needs nine points is not about the ninth alone. */
export function runsOf(columns: Columns, baselines: readonly Baseline[], inForce: Partial<Windows> = {}): Runs {
  const windows = { ...printed, ...inForce };
  const runs: Runs = { spans: [], contributing: new Set() };
  columns.points.forEach((point, row) => {
    for (const signal of point?.signals ?? []) {
      const rows = windowOf(columns, row, windows[signal.rule]);
      const zones = baselines.find((baseline) => baseline.id === point!.baselineId)?.zones;
      for (const candidate of rows) {
        if (contributes(signal, columns.points[candidate]!, zones)) runs.contributing.add(columns.points[candidate]!.number);
      }
      if (rows.length > 1) join(runs.spans, [rows[0]!, row]);
    }
  });
  return runs;
}

function windowOf(columns: Columns, last: number, length: number): number[] {
  const rows: number[] = [];
  for (let row = last; row >= 0 && rows.length < length; row--) {
    const point = columns.points[row];
    const signalled = columns.points[last]!;

    // A thinned window has not every point; what is farther back in number was not looked at.
    if (!point || point.baselineId !== signalled.baselineId || point.number <= signalled.number - length) break;
    rows.unshift(row);
  }
  return rows;
}

// R5 and R6 are about the points beyond a zone line on the side of the signal; the others about all that they look at.
function contributes(signal: Signal, point: Plotted, zones: Baseline["zones"]): boolean {
  if (!zones || (signal.rule !== "R5" && signal.rule !== "R6")) return true;
  const [upper, lower] = signal.rule === "R5" ? [zones[5], zones[1]] : [zones[4], zones[2]];
  return signal.direction === "up" ? point.value > upper : point.value < lower;
}

function join(spans: [number, number][], span: [number, number]): void {
  const last = spans.at(-1);
  if (last && span[0] <= last[1]) {
    last[0] = Math.min(last[0], span[0]);
    last[1] = Math.max(last[1], span[1]);
  } else {
    spans.push(span);
  }
}

/** The numbers that the server wrote beside a chart; nothing where it wrote none. */
export const windowsOf = (written: string | undefined): Partial<Windows> | undefined => (written ? (JSON.parse(written) as Partial<Windows>) : undefined);
