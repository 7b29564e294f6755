import { expect, test } from "vitest";
import { falseAlarmsText, limitsText, ruleName, summaryText } from "./judgeAnswer";

const alarms = { per: "week", points: 10_080, expected: 0.98, low: 0.2, high: 3, isUpperBound: true, averageRunLength: 10_286, note: "" };

test("expected false alarms are told with their band and their distance", () => {
  expect(falseAlarmsText(alarms)).toBe("at most 0.980 a week, 0.200 to 3.00 in nine baselines of ten; one every 10,300 points");
  expect(falseAlarmsText({ ...alarms, per: null, points: 10_000, low: null, isUpperBound: false, averageRunLength: null })).toBe("0.980 in 10,000 points");
  expect(falseAlarmsText(null)).toBe("not known for these rules");
});

test("a line that there is not is none", () => {
  expect(limitsText({ centre: 2, lower: null, upper: 5, zones: [] })).toBe("centre 2.00, lower none, upper 5.00");
});

test("two rules may signal at one point", () => {
  const signal = { rule: "R1", direction: "up", from: 3 } as const;

  expect(summaryText([{ ...signal, index: 3 }, { ...signal, rule: "cusum", index: 3 }], 40)).toBe("Out of control: 2 signals at 1 of 40 values.");
  expect(summaryText([], 1)).toBe("In control: no signal in 1 value.");
});

test("detectors are written as everywhere on the dashboard", () => {
  expect(["R1", "cusum", "ewma", "level"].map(ruleName)).toEqual(["R1", "CUSUM", "EWMA", "Level"]);
});
