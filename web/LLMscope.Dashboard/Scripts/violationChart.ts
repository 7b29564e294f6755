import { bindChartKeys } from "./chartKeys";
import { isFromZero } from "./chartModel";
import type { PointWindow } from "./contracts";
import { ControlChart } from "./controlChart";
import { windowsOf } from "./runs";

/** Draws the points around a violation from what the page carries. */
export function startViolationChart(): void {
  const figure = document.querySelector<HTMLElement>("[data-violation-chart]");
  const carried = figure?.querySelector("[data-points]")?.textContent;
  if (!figure || !carried) return;
  const window = JSON.parse(carried) as PointWindow;
  const [first, last] = [window.points[0], window.points.at(-1)];
  if (!first || !last) return;

  const { title = "", unit = "1", transform, kind, marked, windows } = figure.dataset;
  const chart = new ControlChart(figure, { title, unit, isLog: transform === "log", hasRanges: false, hasSteps: kind !== "individuals", isFromZero: isFromZero(kind), marked: Number(marked), windows: windowsOf(windows) });
  const [from, to] = [Date.parse(first.time) / 1000, Date.parse(last.time) / 1000];
  const margin = Math.max(0.5, (to - from) * 0.04);
  chart.show(window);
  chart.look(from - margin, to + margin);
  bindChartKeys(figure, chart);
}
