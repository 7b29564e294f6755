import { expect, test } from "vitest";
import { columnsOf } from "./columns";
import { readoutOf } from "./readout";
import { judged } from "./testPoints";

test("a point of a joint chart tells what each characteristic adds, most first", () => {
  const point = judged(7, 34.26, ["R1"], { joint: { contributions: [2.04, 31.4], deviations: [-0.21, 3.1] } });

  const text = readoutOf(point, "{T2}", ["duration", "time to first token"]);

  expect(text).toContain("34.3 ·");
  expect(text).toContain("time to first token +3.1 sd adds 31.4 · duration -0.2 sd adds 2.04");
});

test("a T2 from before the baseline is not drawn and not called zero", () => {
  const point = { ...judged(1), value: null };

  const columns = columnsOf([point], (range) => range);

  expect(columns.values).toEqual([null]);
  expect(columns.points).toEqual([null]);
  expect(readoutOf(point, "{T2}")).toContain("–");
});
