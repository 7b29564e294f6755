import { expect, test } from "vitest";
import { columnsOf } from "./columns";
import { lowestSignal, runsOf } from "./runs";
import { baseline, judged } from "./testPoints";

const range = (count: number) => Array.from({ length: count }, (_, i) => i + 1);
const columnsWith = (...points: Parameters<typeof columnsOf>[0]) => columnsOf(points, (moved) => moved);

test("a signal of R2 is about all its nine points", () => {
  const points = range(12).map((number) => judged(number, 1.05, number === 12 ? ["R2"] : []));

  const runs = runsOf(columnsWith(...points), [baseline]);

  expect([...runs.contributing]).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect(runs.spans).toEqual([[3, 11]]);
});

test("a rule with another number is about as many points as it looked at", () => {
  const points = range(12).map((number) => judged(number, 1.05, number === 12 ? ["R2"] : []));

  expect(runsOf(columnsWith(...points), [baseline], { R2: 11 }).spans).toEqual([[1, 11]]);
});

test("of R5 only the points beyond two sigma contribute", () => {
  const runs = runsOf(columnsWith(judged(1, 1.25), judged(2, 1), judged(3, 1.22, ["R5"])), [baseline]);

  expect([...runs.contributing]).toEqual([1, 3]);
});

test("a window does not reach over the start of a segment", () => {
  const runs = runsOf(columnsWith(judged(1), judged(2, 1, [], { startsSegment: true }), judged(3, 1, ["R2"])), [baseline]);

  expect([...runs.contributing]).toEqual([2, 3]);
});

test("runs that overlap are one stretch", () => {
  const points = range(12).map((number) => judged(number, 1.05, number > 9 ? ["R2"] : []));

  expect(runsOf(columnsWith(...points), [baseline]).spans).toEqual([[1, 11]]);
});

test("a point is labelled with its lowest rule", () => {
  expect(lowestSignal(judged(1, 1, ["R6", "R2"]))!.rule).toBe("R2");
  expect(lowestSignal(judged(1, 1, ["CUSUM", "R8"]))!.rule).toBe("R8");
  expect(lowestSignal(judged(1))).toBeUndefined();
});
