import { expect, test } from "vitest";
import { expectationText, whatIfAddress } from "./planForm";

function fields(entries: [string, string][]): FormData {
  const form = new FormData();
  for (const [name, value] of entries) form.append(name, value);
  return form;
}

test("what is ticked becomes a question with the rules and the budget", () => {
  const address = whatIfAddress("7", fields([["budget", "sensitive"], ["rules", "R1"], ["rules", "CUSUM"], ["alarms", "1"], ["period", "week"]]));

  expect(address).toBe("/api/v1/charts/7/expected-false-alarms?rules=R1%2CCUSUM&budget=sensitive&per=week");
});

test("a budget of one's own is a number in a time", () => {
  expect(whatIfAddress("7", fields([["budget", "own"], ["alarms", "2.5"], ["period", "day"]]))).toContain("budget=2.5%2Fday");
});

test("the answer is told with its band and beside what holds now", () => {
  const text = expectationText({ now: { falseAlarms: { expected: 0.98, low: 0.2, high: 3 } }, whatIf: { falseAlarms: { expected: 7.04, low: 5, high: 12.3 } } });

  expect(text).toBe("With this: 7.04 false alarms a week, 5.00 to 12.3 in nine baselines of ten. Now it is 0.980.");
});
