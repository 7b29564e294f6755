import uPlot from "uplot";
import type { ChartModel } from "./chartModel";
import type { Spread } from "./contracts";
import { writeAtEdge } from "./drawLimits";
import { clipped } from "./drawing";
import { theme } from "./theme";

const lines = [["upper", [6, 4], 1.4], ["lower", [6, 4], 1.4], ["centre", [], 1.2]] as const;

/** The limits of the spread within subgroups, as they are stored with the points: each holds from the point before up to its own. */
export function drawSpreadLimits(plot: uPlot, model: ChartModel): void {
  clipped(plot, () => {
    const { ctx } = plot;
    ctx.strokeStyle = theme().limit;
    for (const [key, dash, width] of lines) {
      ctx.lineWidth = width * uPlot.pxRatio;
      ctx.setLineDash(dash.map((length) => length * uPlot.pxRatio));
      ctx.beginPath();
      let before: number | undefined;
      model.columns.points.forEach((point, row) => {
        const level = point?.spread?.[key];
        if (level == null) {
          before = undefined;
          return;
        }
        const x = plot.valToPos(model.columns.times[row]!, "x", true);
        const y = plot.valToPos(model.range(level), "y", true);
        if (before === undefined) ctx.moveTo(x - 4 * uPlot.pxRatio, y);
        else ctx.lineTo(before, y);
        ctx.lineTo(x, y);
        before = x;
      });
      ctx.stroke();
    }
    ctx.setLineDash([]);
  });
}

export function labelSpreadLimits(plot: uPlot, model: ChartModel, isNarrow: boolean): void {
  const { upper, centre } = spreads(model).at(-1) ?? {};
  if (upper == null || centre == null) return;
  writeAtEdge(plot, isNarrow, [upper, centre].map((level, i) => {
    const drawn = model.range(level);
    return [`${i === 0 ? "UCL" : "CL"} ${model.rangeText(drawn)}`, drawn];
  }));
}

/** The highest of the stored limits, on the scale of the chart. */
export function highestSpreadLimit(model: ChartModel): number {
  return spreads(model).reduce((highest, spread) => Math.max(highest, spread.upper ?? 0), 0);
}

function spreads(model: ChartModel): Spread[] {
  return model.columns.points.map((point) => point?.spread).filter((spread) => spread != null);
}
