import { expect, test } from "vitest";
import { decimalsFor, rangeAround, ticks } from "./scales";

test("ticks are round numbers inside the range", () => {
  expect(ticks(0.3, 2.2, 5, false)).toEqual([0.5, 1, 1.5, 2]);
});

test("a wide logarithmic axis has ticks at 1, 2 and 5 of each decade", () => {
  expect(ticks(0.9, 60, 6, true)).toEqual([1, 2, 5, 10, 20, 50]);
});

test("a narrow logarithmic axis has the ticks of a plain one", () => {
  expect(ticks(1, 2, 4, true)).toEqual(ticks(1, 2, 4, false));
});

test("decimals tell neighbouring ticks apart", () => {
  expect(decimalsFor([0.5, 0.75, 1])).toBe(2);
  expect(decimalsFor([10, 20])).toBe(0);
});

test("what is never negative has no axis below zero", () => {
  expect(rangeAround([0, 0.1], false)[0]).toBe(0);
});

test("equal values still have a range", () => {
  const [low, high] = rangeAround([2, 2], true);
  expect(low).toBeLessThan(2);
  expect(high).toBeGreaterThan(2);
});

test("a range without values is a range", () => {
  expect(rangeAround([], false)).toEqual([0, 1]);
});
