import uPlot from "uplot";
import type { ChartModel } from "./chartModel";
import type { Rule } from "./contracts";
import { clipped, font } from "./drawing";
import { lowestSignal } from "./runs";
import { theme } from "./theme";

/** The points: plain ones as dots where there is room, signalled ones always, by the shape of their lowest rule and its number. */
export function drawMarks(plot: uPlot, model: ChartModel): void {
  const [first, last] = visibleRows(plot, model);
  const isRoomy = (last - first) * 4 < plot.bbox.width / uPlot.pxRatio;
  const { accent, signal, surface, muted } = theme();
  clipped(plot, (ctx) => {
    const numbers: [text: string, x: number, y: number][] = [];
    for (let row = first; row <= last; row++) {
      const point = model.columns.points[row];
      if (!point) continue;
      const x = plot.valToPos(model.columns.times[row]!, "x", true);
      const y = plot.valToPos(point.value, "y", true);
      const lowest = lowestSignal(point);
      if (lowest) {
        shape(ctx, lowest.rule, x, y, 5.5 * uPlot.pxRatio, signal, surface);
        if (x - (numbers.at(-1)?.[1] ?? -Infinity) > 13 * uPlot.pxRatio) numbers.push([label(lowest.rule), x, y]);
      } else if (isRoomy || model.runs.contributing.has(point.number)) {
        dot(ctx, x, y, 2.4 * uPlot.pxRatio, model.runs.contributing.has(point.number) ? signal : point.phase === "judged" ? accent : muted);
      }
      if (point.number === model.marked) ring(ctx, x, y, 10 * uPlot.pxRatio, theme().text, 1.5 * uPlot.pxRatio);
    }
    for (const [text, x, y] of numbers) write(plot, text, x, y, signal);
  });
}

export function visibleRows(plot: uPlot, model: ChartModel): [number, number] {
  const { min, max } = plot.scales["x"]!;
  const times = model.columns.times;
  let first = times.findIndex((time) => time >= (min ?? -Infinity));
  if (first < 0) first = times.length;
  let last = times.length - 1;
  while (last >= 0 && times[last]! > (max ?? Infinity)) last--;
  return [first, last];
}

// The number of a rule, the first letter of a detector.
const label = (rule: Rule): string => (/^R\d$/.test(rule) ? rule.slice(1) : rule.charAt(0));

/** R1 a diamond, runs a triangle, a trend a triangle on its side, alternation a cross. */
export function shape(ctx: CanvasRenderingContext2D, rule: Rule, x: number, y: number, size: number, fill: string, edge: string): void {
  ctx.beginPath();
  if (rule === "R4") {
    ctx.moveTo(x - size, y - size);
    ctx.lineTo(x + size, y + size);
    ctx.moveTo(x + size, y - size);
    ctx.lineTo(x - size, y + size);
    ctx.strokeStyle = fill;
    ctx.lineWidth = size / 2.2;
    ctx.stroke();
    return;
  }
  const corners =
    rule === "R1" ? [[0, -1.15], [1.15, 0], [0, 1.15], [-1.15, 0]]
    : rule === "R3" ? [[-0.9, -1], [1.1, 0], [-0.9, 1]]
    : [[0, -1.1], [1, 0.9], [-1, 0.9]];
  for (const [dx, dy] of corners) ctx.lineTo(x + dx! * size, y + dy! * size);
  ctx.closePath();
  ctx.fillStyle = fill;
  ctx.fill();
  ctx.strokeStyle = edge;
  ctx.lineWidth = size / 5;
  ctx.stroke();
}

function dot(ctx: CanvasRenderingContext2D, x: number, y: number, radius: number, colour: string): void {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  ctx.fillStyle = colour;
  ctx.fill();
}

function ring(ctx: CanvasRenderingContext2D, x: number, y: number, radius: number, colour: string, width: number): void {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.stroke();
}

function write(plot: uPlot, text: string, x: number, y: number, colour: string): void {
  const above = y - 13 * uPlot.pxRatio > plot.bbox.top;
  plot.ctx.font = `600 ${font()}`;
  plot.ctx.textAlign = "center";
  plot.ctx.textBaseline = "middle";
  plot.ctx.strokeStyle = theme().surface;
  plot.ctx.lineWidth = 3 * uPlot.pxRatio;
  plot.ctx.strokeText(text, x, y + (above ? -13 : 13) * uPlot.pxRatio);
  plot.ctx.fillStyle = colour;
  plot.ctx.fillText(text, x, y + (above ? -13 : 13) * uPlot.pxRatio);
}
