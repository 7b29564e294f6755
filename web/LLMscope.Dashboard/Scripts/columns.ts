import type { Plotted, Point } from "./contracts";

/** Points as a chart draws them. A row without a point keeps the line from crossing the start of a segment. */
export interface Columns {
  times: number[];
  values: (number | null)[];
  ranges: (number | null)[];
  points: (Plotted | null)[];
  /** The cumulative sums: of high scores upwards, of low ones downwards. */
  sumsUp: (number | null)[];
  sumsDown: (number | null)[];
}

/**
 * @param range What a moving range, or a spread within a subgroup, is drawn as.
 * @param spread Which spread stands in the place of the moving ranges.
 */
export function columnsOf(points: readonly Point[], range: (distance: number) => number, spread?: "deviation" | "range"): Columns {
  const columns: Columns = { times: [], values: [], ranges: [], points: [], sumsUp: [], sumsDown: [] };
  for (const point of points) {
    const time = Date.parse(point.time) / 1000;
    const before = columns.times.at(-1);
    if (point.startsSegment && before !== undefined) {
      columns.times.push((before + time) / 2);
      columns.values.push(null);
      columns.ranges.push(null);
      columns.points.push(null);
      columns.sumsUp.push(null);
      columns.sumsDown.push(null);
    }
    columns.times.push(time);
    columns.values.push(point.value);
    const second = spread ? point.spread?.[spread] : point.movingRange;
    columns.ranges.push(second == null ? null : range(second));
    columns.points.push(isPlotted(point) ? point : null);
    columns.sumsUp.push(point.cusumUp ?? null);
    columns.sumsDown.push(point.cusumDown == null ? null : -point.cusumDown);
  }
  return columns;
}

const isPlotted = (point: Point): point is Plotted => point.value !== null && point.value !== undefined;
