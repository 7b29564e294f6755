import { expect, test } from "vitest";
import { numbersIn, shareUpTo, valueAt } from "./distribution";

const hundred = Array.from({ length: 101 }, (_, percent) => percent);

test("the share up to a value lies between the quantiles around it", () => {
  expect(shareUpTo(hundred, 50)).toBeCloseTo(0.5);
  expect(shareUpTo(hundred, 12.5)).toBeCloseTo(0.125);
  expect(shareUpTo(hundred, -1)).toBe(0);
  expect(shareUpTo(hundred, 100)).toBe(1);
  expect(shareUpTo([], 1)).toBeUndefined();
});

test("a value that many points have takes all of them", () => {
  const flat = [1, 2, 2, 2, 3];

  expect(shareUpTo(flat, 2)).toBeCloseTo(0.75);
  expect(shareUpTo(flat, 1.999)).toBeCloseTo(0.25, 2);
  expect(shareUpTo([5, 5, 5], 5)).toBe(1);
});

test("a place of the axis is a value, on a logarithmic axis too", () => {
  expect(valueAt({ low: 10, high: 20, isLog: false, before: [], after: [] }, 0.25)).toBe(12.5);
  expect(valueAt({ low: 1, high: 100, isLog: true, before: [], after: [] }, 0.5)).toBeCloseTo(10);
});

test("numbers are read between spaces", () => {
  expect(numbersIn("1 2.5 1E-05")).toEqual([1, 2.5, 0.00001]);
  expect(numbersIn("")).toEqual([]);
  expect(numbersIn(undefined)).toEqual([]);
});
