import { expect, test } from "vitest";
import { columnsOf } from "./columns";
import { stagesOf } from "./stages";
import { baseline, judged } from "./testPoints";

test("the line does not cross the start of a segment", () => {
  const columns = columnsOf([judged(1), judged(5, 1, [], { startsSegment: true })], (range) => range);

  expect(columns.values).toEqual([1, null, 1]);
  expect(columns.times[1]).toBeGreaterThan(columns.times[0]!);
  expect(columns.times[1]).toBeLessThan(columns.times[2]!);
});

test("a point without a moving range leaves a hole in that chart", () => {
  expect(columnsOf([judged(1, 1, [], { movingRange: null })], (range) => range).ranges).toEqual([null]);
});

test("a new baseline begins a new stage, and points that were not judged belong to none", () => {
  const columns = columnsOf([judged(1, 1, [], { baselineId: null }), judged(2), judged(3), judged(4, 1, [], { baselineId: 2 })], (range) => range);

  const stages = stagesOf(columns, [baseline]);

  expect(stages.map((stage) => [stage.baselineId, stage.first, stage.last])).toEqual([[1, 1, 2], [2, 3, 3]]);
  expect(stages[0]!.baseline).toBe(baseline);
});

test("the spread within subgroups stands in the place of the moving ranges", () => {
  const points = [judged(1, 1, [], { spread: { deviation: 0.2, range: 0.5 } }), judged(2)];
  expect(columnsOf(points, (range) => range * 2, "deviation").ranges).toEqual([0.4, null]);
  expect(columnsOf(points, (range) => range * 2, "range").ranges).toEqual([1, null]);
});
