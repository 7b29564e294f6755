import { numbersIn, shareUpTo, valueAt, type Distributions } from "./distribution";
import { quantity } from "./quantity";

const step = 0.02;

/** Reads single values from the drawing of two distributions, by pointer and by arrow keys. */
export function startDistributionReadout(): void {
  const figure = document.querySelector<HTMLElement>("[data-distribution]");
  if (figure) new DistributionReadout(figure).start();
}

class DistributionReadout {
  private readonly plot: SVGElement;
  private readonly cursor: SVGElement;
  private readonly told: HTMLElement;
  private readonly both: Distributions;
  private place: number | undefined;

  constructor(private readonly figure: HTMLElement) {
    const { low, high, log, before, after } = figure.dataset;
    this.both = { low: Number(low), high: Number(high), isLog: log === "true", before: numbersIn(before), after: numbersIn(after) };
    this.plot = figure.querySelector<SVGElement>("svg")!;
    this.cursor = figure.querySelector<SVGElement>("[data-cursor]")!;
    this.told = figure.querySelector<HTMLElement>("[data-readout]")!;
  }

  start(): void {
    this.told.textContent = "Point at the drawing, or focus it and use the arrow keys, to read shares.";
    this.plot.addEventListener("pointermove", (event) => {
      const { left, width } = this.plot.getBoundingClientRect();
      this.show((event.clientX - left) / width);
    });
    this.figure.addEventListener("keydown", (event) => {
      if (event.target !== this.figure || event.ctrlKey || event.metaKey || event.altKey) return;
      const way = event.key === "ArrowRight" ? step : event.key === "ArrowLeft" ? -step : 0;
      if (way === 0) return;
      event.preventDefault();
      this.show((this.place ?? 0.5 - way) + way);
    });
  }

  private show(place: number): void {
    this.place = Math.min(1, Math.max(0, place));
    const value = valueAt(this.both, this.place);
    const across = `${this.place * 100}%`;
    this.cursor.setAttribute("x1", across);
    this.cursor.setAttribute("x2", across);
    this.cursor.setAttribute("visibility", "visible");
    const shares = [shareText(this.both.before, value, "before"), shareText(this.both.after, value, "after")].filter((text) => text !== "");
    this.told.textContent = `At or below ${quantity(value, this.figure.dataset["unit"]!)}: ${shares.join(", ")}`;
  }
}

function shareText(quantiles: readonly number[], value: number, side: string): string {
  const share = shareUpTo(quantiles, value);
  return share === undefined ? "" : `${(share * 100).toFixed(0)} % of ${side}`;
}
