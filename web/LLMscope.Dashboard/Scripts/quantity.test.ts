import { expect, test } from "vitest";
import cases from "./quantity.cases.json";
import { axisScale, factor, quantity } from "./quantity";

test.each(cases)("$value in $unit reads $text", ({ value, unit, text }) => {
  expect(quantity(value, unit)).toBe(text);
});

test("a moving range on the log scale reads as a factor", () => {
  expect(factor(Math.exp(0.3507))).toBe("×1.42");
});

test("an axis keeps one unit, that of its largest value", () => {
  expect(axisScale(1.8, "s").suffix).toBe(" s");
  expect(axisScale(0.9, "s").suffix).toBe(" ms");
});
