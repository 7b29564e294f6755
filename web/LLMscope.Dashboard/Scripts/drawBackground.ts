import uPlot from "uplot";
import type { ChartModel } from "./chartModel";
import { clipped, font, horizontal, label, vertical } from "./drawing";
import { theme } from "./theme";

/** What lies behind the points: baselines (Phase I), runs, the boundaries of stages, annotations. */
export function drawBackground(plot: uPlot, model: ChartModel, isMain: boolean): void {
  clipped(plot, () => {
    drawBaselines(plot, model, isMain);
    if (isMain) drawRuns(plot, model);
    drawStages(plot, model);
    drawAnnotations(plot, model, isMain);
  });
}

const column = (plot: uPlot, time: number) => plot.valToPos(time, "x", true);

function drawBaselines(plot: uPlot, model: ChartModel, isMain: boolean): void {
  const { bbox, ctx } = plot;
  for (const baseline of model.baselines) {
    const from = column(plot, Date.parse(baseline.from) / 1000);
    const to = column(plot, Date.parse(baseline.to) / 1000);
    if (to < bbox.left || from > bbox.left + bbox.width) continue;

    ctx.globalAlpha = 0.1;
    ctx.fillStyle = theme().baseline;
    ctx.fillRect(from, bbox.top, to - from, bbox.height);
    ctx.globalAlpha = 1;
    if (!isMain) continue;

    // The limits that were estimated from these points; they judged none of them.
    for (const line of baseline.zones ? [0, 3, 6] : [])
      horizontal(plot, plot.valToPos(baseline.zones![line]!, "y", true), from, to, theme().limit, [1, 3]);
    label(plot, `baseline ${baseline.version}, n = ${baseline.count}`, Math.max(from, bbox.left) + 5 * uPlot.pxRatio, bbox.top + 9 * uPlot.pxRatio, theme().muted, "left");
  }
}

function drawRuns(plot: uPlot, model: ChartModel): void {
  const { bbox, ctx } = plot;
  ctx.globalAlpha = 0.1;
  ctx.fillStyle = theme().signal;
  for (const [first, last] of model.runs.spans) {
    const from = column(plot, model.columns.times[first]!);
    ctx.fillRect(from, bbox.top, column(plot, model.columns.times[last]!) - from, bbox.height);
  }
  ctx.globalAlpha = 1;
}

function drawStages(plot: uPlot, model: ChartModel): void {
  for (const stage of model.stages.slice(1)) vertical(plot, column(plot, model.columns.times[stage.first]!), theme().muted, []);
}

function drawAnnotations(plot: uPlot, model: ChartModel, isMain: boolean): void {
  const { bbox } = plot;
  let writtenUpTo = -Infinity;
  for (const annotation of model.annotations) {
    const x = column(plot, Date.parse(annotation.time) / 1000);
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    vertical(plot, x, theme().text, [2, 3]);
    if (!isMain) continue;

    const text = `▾ ${shortened(annotation.text || annotation.kind.replaceAll("_", " "))}`;
    plot.ctx.font = font();
    const width = plot.ctx.measureText(text).width + 8 * uPlot.pxRatio;
    const fitsRight = x + width < bbox.left + bbox.width;
    if ((fitsRight ? x : x - width) < writtenUpTo) continue;
    writtenUpTo = fitsRight ? x + width : x;
    label(plot, text, x + (fitsRight ? 3 : -3) * uPlot.pxRatio, bbox.top + bbox.height - 9 * uPlot.pxRatio, theme().text, fitsRight ? "left" : "right");
  }
}

const shortened = (text: string): string => (text.length > 22 ? `${text.slice(0, 21)}…` : text);
