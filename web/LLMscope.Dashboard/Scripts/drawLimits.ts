import uPlot from "uplot";
import type { ChartModel } from "./chartModel";
import { clipped, horizontal, label } from "./drawing";
import type { Stage } from "./stages";
import { theme } from "./theme";

const zoneNames = ["A", "B", "C", "C", "B", "A"];

/** Centre line, control limits and zones, as they are stored with the points; stage by stage. */
export function drawLimits(plot: uPlot, model: ChartModel): void {
  clipped(plot, () => {
    for (const stage of model.stages) {
      if (stage.baseline?.zones) drawLevel(plot, model, stage, stage.baseline.zones);
      else drawVarying(plot, model, stage);
    }
  });
}

/** The zones and the numbers of the limits in force at the right edge. */
export function labelLimits(plot: uPlot, model: ChartModel, isNarrow: boolean): void {
  const point = model.stages.length > 0 ? model.columns.points[model.stages.at(-1)!.last] : undefined;
  if (point?.upper == null || point.centre == null) return;
  const zones = model.stages.at(-1)?.baseline?.zones;
  if (zones && model.showsZones && !isNarrow) nameZones(plot, zones);
  writeAtEdge(plot, isNarrow, [
    [`UCL ${model.text(point.upper)}`, point.upper],
    [`CL ${model.text(point.centre)}`, point.centre],
    ...(point.lower == null ? [] : [[`LCL ${model.text(point.lower)}`, point.lower] satisfies [string, number]]),
  ]);
}

/** Writes labels beside their lines; where lines are close, the labels make room for each other. */
export function writeAtEdge(plot: uPlot, isNarrow: boolean, labels: [text: string, value: number][]): void {
  const { bbox } = plot;
  const height = 14 * uPlot.pxRatio;
  const x = bbox.left + bbox.width + (isNarrow ? -4 : 6) * uPlot.pxRatio;
  let lowest = bbox.top - height / 2;
  for (const [text, value] of labels) {
    const line = plot.valToPos(value, "y", true) - (isNarrow ? 8 * uPlot.pxRatio : 0);
    const y = Math.max(line, lowest + height);
    if (line < bbox.top - 20 * uPlot.pxRatio || line > bbox.top + bbox.height + 2 * uPlot.pxRatio) continue;
    lowest = y;
    label(plot, text, x, y, theme().text, isNarrow ? "right" : "left");
  }
}

// Beside the plot, where no point can be behind them.
function nameZones(plot: uPlot, zones: number[]): void {
  const x = plot.bbox.left + plot.bbox.width + 6 * uPlot.pxRatio;
  zoneNames.forEach((name, i) => {
    const [low, high] = [plot.valToPos(zones[i]!, "y", true), plot.valToPos(zones[i + 1]!, "y", true)];
    const y = (low + high) / 2;
    const isInside = y > plot.bbox.top && y < plot.bbox.top + plot.bbox.height;

    // Half a zone must clear the label of the line beside it.
    if (isInside && Math.abs(low - high) > 28 * uPlot.pxRatio) label(plot, name, x, y, theme().muted, "left");
  });
}

function drawLevel(plot: uPlot, model: ChartModel, stage: Stage, zones: number[]): void {
  // A window may begin in the middle of a stage.
  const from = stage.first === 0 ? plot.bbox.left : plot.valToPos(model.columns.times[stage.first]!, "x", true);
  const isCurrent = stage === model.stages.at(-1);
  const to = isCurrent ? plot.bbox.left + plot.bbox.width : plot.valToPos(model.columns.times[stage.last]!, "x", true);
  const { limit } = theme();
  const y = (line: number) => plot.valToPos(zones[line]!, "y", true);

  horizontal(plot, y(0), from, to, limit, [6, 4], 1.4);
  horizontal(plot, y(6), from, to, limit, [6, 4], 1.4);
  horizontal(plot, y(3), from, to, limit, [], 1.2);
  if (!model.showsZones) return;

  for (const line of [1, 2, 4, 5]) horizontal(plot, y(line), from, to, limit, [1, 4]);
}

// Each point has its own limits. Those of a subgroup hold from the point before up to its own; those around a forecast lie at the point itself.
function drawVarying(plot: uPlot, model: ChartModel, stage: Stage): void {
  const { ctx } = plot;
  ctx.strokeStyle = theme().limit;
  for (const [key, dash, width] of [["upper", [6, 4], 1.4], ["lower", [6, 4], 1.4], ["centre", [], 1.2]] as const) {
    ctx.lineWidth = width * uPlot.pxRatio;
    ctx.setLineDash(dash.map((length) => length * uPlot.pxRatio));
    ctx.beginPath();
    let before: number | undefined;
    for (let row = stage.first; row <= stage.last; row++) {
      const point = model.columns.points[row];
      const level = point?.[key];
      if (level == null) {
        before = undefined;
        continue;
      }
      const x = plot.valToPos(model.columns.times[row]!, "x", true);
      const y = plot.valToPos(level, "y", true);
      if (before === undefined) ctx.moveTo(x - 4 * uPlot.pxRatio, y);
      else if (model.reading.hasSteps) ctx.lineTo(before, y);
      ctx.lineTo(x, y);
      before = x;
    }
    ctx.stroke();
  }
  ctx.setLineDash([]);
}
