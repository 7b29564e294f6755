import { expect, test } from "vitest";
import { readSeries } from "./seriesText";

test("numbers stand between white space, commas, semicolons or new lines", () => {
  expect(readSeries("1 2,3; 4\t5\r\n-6.5\n").values).toEqual([1, 2, 3, 4, 5, -6.5]);
  expect(readSeries("  .5 1e-3 +2. −4 ").values).toEqual([0.5, 0.001, 2, -4]);
});

test("an empty cell, null and NaN are missing values", () => {
  expect(readSeries("1,,2;;3, ,null NaN nan").values).toEqual([1, null, 2, null, 3, null, null, null, null]);
  expect(readSeries("1\t\t2").values).toEqual([1, null, 2]);
});

test("an empty line is missing between values and nothing around them", () => {
  expect(readSeries("\n\n1\n\n2\n\n").values).toEqual([1, null, 2]);
});

test("a comma at the end of a line ends the line and begins no cell", () => {
  expect(readSeries("1, 2,\n3, 4,").values).toEqual([1, 2, 3, 4]);
});

test("a list may be that of JSON", () => {
  expect(readSeries("[1, null,\n 2.5]").values).toEqual([1, null, 2.5]);
});

test("nothing is an empty series", () => {
  expect(readSeries(" \n ")).toEqual({ values: [], faults: [] });
});

test("what is no number is named with its index, and what comes after keeps its own", () => {
  const { values, faults } = readSeries("1, many, 0x10, 3, Infinity");

  expect(values).toEqual([1, null, null, 3, null]);
  expect(faults).toEqual(["“many” at index 1 is not a number.", "“0x10” at index 2 is not a number.", "“Infinity” at index 4 is not a number."]);
});

test("a text without numbers is not told word for word", () => {
  expect(readSeries("to be or not to be, that is the question").faults).toHaveLength(5);
});
