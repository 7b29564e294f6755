import uPlot from "uplot";
import { theme } from "./theme";

// Small strokes on the canvas of a plot. Everything is in the canvas's own pixels.

export const font = (size = 11): string => `${size * uPlot.pxRatio}px system-ui, sans-serif`;

/** Draws inside the plotting area only. */
export function clipped(plot: uPlot, draw: (canvas: CanvasRenderingContext2D) => void): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  draw(ctx);
  ctx.restore();
}

export function horizontal(plot: uPlot, y: number, from: number, to: number, colour: string, dash: number[], width = 1): void {
  const { ctx } = plot;
  ctx.strokeStyle = colour;
  ctx.lineWidth = width * uPlot.pxRatio;
  ctx.setLineDash(dash.map((length) => length * uPlot.pxRatio));
  ctx.beginPath();
  ctx.moveTo(from, y);
  ctx.lineTo(to, y);
  ctx.stroke();
  ctx.setLineDash([]);
}

export function vertical(plot: uPlot, x: number, colour: string, dash: number[]): void {
  const { ctx, bbox } = plot;
  ctx.strokeStyle = colour;
  ctx.lineWidth = uPlot.pxRatio;
  ctx.setLineDash(dash.map((length) => length * uPlot.pxRatio));
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.setLineDash([]);
}

/** Text on a patch of the background, so that lines behind it do not strike it through. */
export function label(plot: uPlot, text: string, x: number, y: number, colour: string, align: CanvasTextAlign): void {
  const { ctx } = plot;
  ctx.font = font();
  ctx.textAlign = align;
  ctx.textBaseline = "middle";
  const width = ctx.measureText(text).width;
  const left = align === "right" ? x - width : align === "center" ? x - width / 2 : x;
  ctx.fillStyle = theme().surface;
  ctx.globalAlpha = 0.85;
  ctx.fillRect(left - 2 * uPlot.pxRatio, y - 7 * uPlot.pxRatio, width + 4 * uPlot.pxRatio, 14 * uPlot.pxRatio);
  ctx.globalAlpha = 1;
  ctx.fillStyle = colour;
  ctx.fillText(text, x, y);
}
