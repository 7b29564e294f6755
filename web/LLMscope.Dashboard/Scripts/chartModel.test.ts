import { expect, test } from "vitest";
import { ChartModel, isFromZero } from "./chartModel";
import type { Point } from "./contracts";

const point = (lower: number): Point => ({
  number: 1, time: "2026-11-21T08:00:00Z", value: 0.02, count: 30, movingRange: null, phase: "judged", startsSegment: true, baselineId: 1, centre: 0.015, lower, upper: 0.2, signals: [],
} as unknown as Point);

test.each([["proportion", -0.019, null], ["proportion", 0.002, 0.002], ["hotellingt2", 0, null], ["individuals", -0.019, -0.019]])("the lower limit of %s at %d is %s", (kind, stored, drawn) => {
  const model = new ChartModel({ title: "", unit: "1", isLog: false, hasRanges: false, hasSteps: true, isFromZero: isFromZero(kind) });

  model.showPoints([point(stored)]);

  expect(model.columns.points[0]?.lower).toBe(drawn);
});
