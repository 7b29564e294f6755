import uPlot from "uplot";
import { axisScale, fixed } from "./quantity";
import { decimalsFor, ticks } from "./scales";
import { theme } from "./theme";

// 24 hours, always UTC. Each row: the increment from which it holds, the text, and what is added below it at a new year, month or day.
const timeFormats: uPlot.Axis.Values = [
  [3600 * 24 * 28, "{MMM}", "\n{YYYY}", null, null, null, null, null, 1],
  [3600 * 24, "{D} {MMM}", "\n{YYYY}", null, null, null, null, null, 1],
  [60, "{HH}:{mm}", "\n{D} {MMM} {YYYY}", null, "\n{D} {MMM}", null, null, null, 1],
  [1, "{HH}:{mm}:{ss}", "\n{D} {MMM} {YYYY}", null, "\n{D} {MMM}", null, null, null, 1],
  [0.001, "{ss}.{fff} s", "\n{HH}:{mm} {D} {MMM}", null, "\n{HH}:{mm} {D} {MMM}", null, "\n{HH}:{mm}", null, 1],
];

const wholeSteps = [0, 1, 2, 3, 4, 5].flatMap((power) => [1, 2, 5].map((part) => part * 10 ** power));

export interface PlotParts {
  width: number;
  height: number;
  isNarrow: boolean;
  isLog: boolean;
  label: (suffix: string) => string;
  /** The unit of the vertical axis; null where values are factors. */
  unit: string | null;
  range: (low: number | null, high: number | null) => [number, number];
  background: (plot: uPlot) => void;
  foreground: (plot: uPlot) => void;
  onCursor: (plot: uPlot) => void;
  onZoom: () => void;
  onReset: () => void;
  /** How many lines there are, one where it is left out. */
  lines?: number;
  /** Whether the horizontal axis counts points instead of telling times. */
  isNumbered?: boolean | undefined;
  syncKey: string;
}

/** The options that the chart of values and the chart of moving ranges share. */
export function plotOptions(parts: PlotParts): uPlot.Options {
  const scaleOf = (plot: uPlot) => (parts.unit === null ? { divisor: 1, suffix: "" } : axisScale(plot.scales["y"]!.max ?? 0, parts.unit));
  const axis = { stroke: () => theme().muted, grid: { stroke: () => theme().line, width: 1 }, ticks: { stroke: () => theme().line, width: 1 }, font: "11px system-ui, sans-serif" };
  const size = parts.isNarrow ? 46 : 60;
  return {
    width: parts.width,
    height: parts.height,
    tzDate: (time) => uPlot.tzDate(new Date(time * 1000), "Etc/UTC"),
    padding: [28, parts.isNarrow ? 10 : 96, 0, 0],
    legend: { show: false },
    cursor: {
      sync: { key: parts.syncKey, scales: ["x", null] },
      drag: { x: true, y: false, setScale: true },
      points: { size: 9 },
      bind: { dblclick: () => () => (parts.onReset(), null) },
    },
    scales: {
      x: { time: !parts.isNumbered, auto: false },
      y: { distr: parts.isLog ? 3 : 1, auto: true, range: (_plot, low, high) => parts.range(low, high) },
    },
    axes: [
      parts.isNumbered ? { ...axis, incrs: wholeSteps, values: (_plot, splits) => splits.map(String), space: 50 } : { ...axis, values: timeFormats, space: 70 },
      {
        ...axis,
        size,
        splits: (plot, _axis, low, high) => {
          const { divisor } = scaleOf(plot);
          return ticks(low / divisor, high / divisor, Math.max(2, parts.height / 48), parts.isLog).map((tick) => tick * divisor);
        },
        filter: (_plot, splits) => splits,
        values: (plot, splits) => {
          const shown = splits.map((tick) => tick / scaleOf(plot).divisor);
          const decimals = decimalsFor(shown);
          return shown.map((tick) => (parts.unit === null ? "×" : "") + fixed(tick, Math.min(decimals, 6)));
        },
        label: "",
      },
    ],
    series: [{}, ...Array.from({ length: parts.lines ?? 1 }, () => ({ stroke: () => theme().accent, width: 1.25, points: { show: false }, spanGaps: false }))],
    hooks: {
      drawClear: [parts.background],
      draw: [parts.foreground, (plot) => writeTitle(plot, parts.label(scaleOf(plot).suffix))],
      setCursor: [parts.onCursor],
      setSelect: [(plot) => plot.select.width > 0 && parts.onZoom()],
    },
  };
}

// Above the axis rather than beside it: it stays readable on a phone.
function writeTitle(plot: uPlot, text: string): void {
  plot.root.querySelector(".u-wrap")?.setAttribute("data-label", text);
}
