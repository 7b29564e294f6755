import { expect, test } from "vitest";
import { runLengthAddress, runLengthTexts } from "./runLengthForm";

test("the ticked rules, the shift and the ratio become a question", () => {
  const fields = new FormData();
  for (const [name, value] of [["rules", "R1"], ["rules", "R2"], ["shift", "1"], ["sigmaRatio", "1.5"]] as const) fields.append(name, value);

  expect(runLengthAddress(fields)).toBe("/api/v1/run-lengths?rules=R1%2CR2&shift=1&sigmaRatio=1.5");
});

test("a run length is told in points, and a number that is missing with its reason", () => {
  const quantiles = { p05: 2, p10: 3, p25: 5, p50: 8, p75: 12, p90: 19, p95: null };

  expect(runLengthTexts({ arl: 9.698, sdrl: null, quantiles, alarmsPer10000Points: 1031.09, remark: "Only the average is known." })).toEqual([
    "Average run length (ARL): 9.70 points",
    "Its standard deviation (SDRL): not known",
    "Half of the runs end within 8 points, from 25 to 75 % within 5 to 12 points",
    "Quantiles of 5, 10, 90 and 95 %: 2, 3, 19 and not known",
    "Signals in 10,000 points: 1,030",
    "Only the average is known.",
  ]);
});
