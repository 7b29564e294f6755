import type { Baseline } from "./contracts";
import type { Columns } from "./columns";

/** A stretch of points that one baseline judged, with the limits that are stored with each of them. */
export interface Stage {
  baselineId: number;
  baseline: Baseline | undefined;
  /** Rows of the first and the last point. */
  first: number;
  last: number;
}

export function stagesOf(columns: Columns, baselines: readonly Baseline[]): Stage[] {
  const stages: Stage[] = [];
  columns.points.forEach((point, row) => {
    if (point?.baselineId == null) return;
    const current = stages.at(-1);
    if (current?.baselineId === point.baselineId) {
      current.last = row;
      return;
    }
    const baseline = baselines.find((candidate) => candidate.id === point.baselineId);
    stages.push({ baselineId: point.baselineId, baseline, first: row, last: row });
  });
  return stages;
}
