import type { ControlChart } from "./controlChart";

/** The keys of a chart: arrows walk along the points, brackets along the signals, plus and minus zoom, zero shows all. */
export function bindChartKeys(figure: HTMLElement, chart: ControlChart): void {
  figure.addEventListener("keydown", (event) => {
    if (event.target !== figure || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = actions[event.key];
    if (!act) return;
    event.preventDefault();
    act(chart);
  });
}

const actions: Record<string, (chart: ControlChart) => void> = {
  ArrowLeft: (chart) => walk(chart, -1, () => true),
  ArrowRight: (chart) => walk(chart, 1, () => true),
  "[": (chart) => walk(chart, -1, isSignalled(chart)),
  "]": (chart) => walk(chart, 1, isSignalled(chart)),
  "+": (chart) => zoom(chart, 0.5),
  "-": (chart) => zoom(chart, 2),
  "0": (chart) => chart.reset(),
};

const isSignalled = (chart: ControlChart) => (row: number) => (chart.model.columns.points[row]?.signals.length ?? 0) > 0;

function walk(chart: ControlChart, step: 1 | -1, isWanted: (row: number) => boolean): void {
  const { points } = chart.model.columns;
  let row = (chart.cursorRow ?? (step > 0 ? -1 : points.length)) + step;
  while (row >= 0 && row < points.length && !(points[row] && isWanted(row))) row += step;
  if (row >= 0 && row < points.length) chart.pointAt(row);
}

function zoom(chart: ControlChart, times: number): void {
  const [from, to] = chart.visible;
  const middle = (from + to) / 2;
  chart.zoomTo(middle - ((to - from) / 2) * times, middle + ((to - from) / 2) * times);
}
