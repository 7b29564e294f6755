import { expect, test } from "vitest";
import { problemsOf, questionOf } from "./judgeForm";

function fields(entries: Record<string, string>): FormData {
  const form = new FormData();
  const usual = { values: "1 2 3 4 5", source: "first", first: "", chart: "auto", transform: "auto", predictor: "auto", budget: "none", interval: "60", missing: "skip" };
  for (const [name, value] of Object.entries({ ...usual, ...entries })) form.append(name, value);
  return form;
}

test("the first half is the baseline unless someone says how many", () => {
  expect(questionOf(fields({}))).toEqual({
    body: { values: [3, 4, 5], missing: "skip", limits: { chart: "auto", transform: "auto", predictor: "auto", baseline: [1, 2] } }, before: [1, 2], faults: [],
  });
  expect(questionOf(fields({ first: "4" })).body.values).toEqual([5]);
});

test("a baseline that leaves nothing to judge is refused", () => {
  for (const first of ["0", "5", "1.5", "many"]) expect(questionOf(fields({ first })).faults).toHaveLength(1);
});

test("a baseline of its own comes before all values", () => {
  const question = questionOf(fields({ source: "own", baseline: "7, 8, x" }));

  expect(question.body.limits["baseline"]).toEqual([7, 8, null]);
  expect(question.before).toEqual([]);
  expect(question.faults).toEqual(["Baseline: “x” at index 2 is not a number."]);
});

test("given limits are a centre and a sigma and choose nothing", () => {
  expect(questionOf(fields({ source: "given", centre: "10", sigma: "0.5" })).body.limits).toEqual({ centre: 10, sigma: 0.5 });
  expect(questionOf(fields({ source: "given", centre: "", sigma: "2" })).faults).toEqual(["Centre: must be a number."]);
});

test("a budget goes with its interval", () => {
  expect(questionOf(fields({ budget: "normal", interval: "5" })).body.limits["budget"]).toEqual({ name: "normal", intervalSeconds: 5 });
});

test("what the service found wrong is told in the words and the indices of the form", () => {
  const problems = problemsOf({ "$.values[3]": ["must be finite"], "$.limits.baseline": ["has too few"], "$.limits.budget.intervalSeconds": ["must be above 0"], "$": ["is empty."] }, 10);

  expect(problems).toEqual(["Value at index 13 must be finite.", "Baseline has too few.", "Interval in seconds must be above 0.", "The form is empty."]);
});
