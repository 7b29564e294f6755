import { expect, test } from "vitest";
import type { ChartFrame, Point } from "./contracts";
import { PointStore } from "./pointStore";
import { judged } from "./testPoints";

const frame = (...points: Point[]): ChartFrame => ({ chartId: 1, state: "inControl", collected: 0, wanted: 0, lost: 0, points });

test("a frame continues after the last number", () => {
  const store = new PointStore();
  store.reset([judged(1), judged(2)]);

  expect(store.take(frame(judged(3), judged(4)))).toBe("continued");
  expect(store.points.map((point) => point.number)).toEqual([1, 2, 3, 4]);
});

test("a point that is there already is not doubled", () => {
  const store = new PointStore();
  store.reset([judged(1), judged(2)]);

  expect(store.take(frame(judged(2)))).toBe("nothing");
  expect(store.take(frame(judged(2), judged(3)))).toBe("continued");
  expect(store.points).toHaveLength(3);
});

test("a gap in the numbers is told and nothing of that frame is taken, so that the stream can be asked again", () => {
  const store = new PointStore();
  store.reset([judged(1)]);

  expect(store.take(frame(judged(4)))).toBe("gap");
  expect(store.lastNumber).toBe(1);
});

test("an empty window continues after the last number that the page knew", () => {
  const store = new PointStore(100, 7);
  store.reset([]);

  expect(store.take(frame(judged(8)))).toBe("continued");
});

test("the store never grows beyond its capacity, and keeps the newest", () => {
  const store = new PointStore(3);
  store.take(frame(judged(1), judged(2), judged(3), judged(4)));

  expect(store.points.map((point) => point.number)).toEqual([2, 3, 4]);
});

test("points before a time are dropped", () => {
  const store = new PointStore();
  store.reset([judged(1), judged(2), judged(3)]);

  store.dropBefore(Date.parse(judged(2).time));

  expect(store.points[0]!.number).toBe(2);
});

test("points that came while a window was fetched are kept after it", () => {
  const store = new PointStore();
  store.take(frame(judged(1), judged(2), judged(3)));

  store.reset([judged(1), judged(2)]);

  expect(store.points.map((point) => point.number)).toEqual([1, 2, 3]);
  expect(store.take(frame(judged(4)))).toBe("continued");
});
