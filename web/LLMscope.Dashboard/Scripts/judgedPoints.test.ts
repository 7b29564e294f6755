import { expect, test } from "vitest";
import type { JudgeAnswer } from "./judgeAnswer";
import { judgedPoints } from "./judgedPoints";

const answer: JudgeAnswer = {
  chart: { kind: "individuals", transform: "none", scale: "none", predictor: "none", baseline: 2, rules: {}, why: [], warnings: [] },
  limits: { centre: 0, lower: -4, upper: 4, zones: [-3, -2, -1, 0, 1, 2, 3] },
  expectedFalseAlarms: null,
  signals: [{ index: 2, rule: "R1", direction: "up", from: 2 }, { index: 2, rule: "cusum", direction: "up", from: 0 }],
};

test("the beginning of the series is the baseline and what follows is judged", () => {
  const { points, baselines } = judgedPoints(answer, [1, 2], [3, null, 9]);

  expect(points.map(({ number, phase, startsSegment }) => [number, phase, startsSegment])).toEqual([[0, "baseline", false], [1, "baseline", false], [2, "judged", false], [4, "judged", true]]);
  expect(points.at(-1)!.signals.map((signal) => signal.rule)).toEqual(["R1", "CUSUM"]);
  expect(baselines[0]!.zones).toEqual([-4, -2, -1, 0, 1, 2, 4]);
});

test("lines that vary are those of the judged values", () => {
  const varying = { ...answer, limits: { centre: [1, null], lower: [0, null], upper: [2, null] } };
  const { points, baselines } = judgedPoints(varying, [7], [1, null]);

  expect(points.map((point) => point.upper)).toEqual([undefined, 2]);
  expect(baselines[0]!.zones).toBeNull();
});
