import uPlot from "uplot";
import { ChartModel, type ChartReading } from "./chartModel";
import type { Plotted, Point, PointWindow } from "./contracts";
import { drawBackground } from "./drawBackground";
import { drawLimits, labelLimits, writeAtEdge } from "./drawLimits";
import { drawMarks } from "./drawMarks";
import { drawSpreadLimits, highestSpreadLimit, labelSpreadLimits } from "./drawSpread";
import { horizontal, clipped } from "./drawing";
import { plotOptions } from "./plotOptions";
import { threeDigitText } from "./quantity";
import { rangeAround } from "./scales";
import { onThemeChange, theme } from "./theme";

const narrow = 560;

/** A control chart on its elements, with the moving ranges below it. It knows nothing of where its points come from. */
export class ControlChart {
  readonly model: ChartModel;
  isZoomed = false;
  private values: uPlot | undefined;
  private ranges: uPlot | undefined;
  private sums: uPlot | undefined;
  private isLog = false;
  private isNarrow = false;
  private view: [number, number] = [0, 1];
  private frame: number | undefined;
  private waiting: readonly Point[] | undefined;

  /** @param surface Has an element for the values and may have one for the moving ranges. */
  constructor(
    private readonly surface: HTMLElement,
    reading: ChartReading,
    private readonly onPoint: (point: Plotted | null) => void = () => {},
    private readonly onZoom: () => void = () => {},
  ) {
    this.model = new ChartModel(reading);
    onThemeChange(() => this.redraw());
    new ResizeObserver(() => this.resize()).observe(this.place("values")!);
  }

  show(window: PointWindow): void {
    this.model.take(window);
    this.showPoints(window.points);
  }

  showPoints(points: readonly Point[]): void {
    this.waiting = points;
    this.draw();
  }

  /** Shows a stretch of time, in seconds, unless someone zoomed into another. */
  look(from: number, to: number): void {
    this.view = [from, to];
    this.draw();
  }

  zoomTo(from: number, to: number): void {
    this.isZoomed = true;
    for (const plot of this.plots) plot.setScale("x", { min: from, max: to });
    this.onZoom();
  }

  reset(): void {
    this.isZoomed = false;
    this.draw();
    this.onZoom();
  }

  showZones(shown: boolean): void {
    this.model.showsZones = shown;
    this.redraw();
  }

  /** Puts the cursor on a row. */
  pointAt(row: number): void {
    const plot = this.values;
    const point = this.model.columns.points[row];
    if (!plot || !point) return;
    plot.setCursor({ left: plot.valToPos(this.model.columns.times[row]!, "x"), top: plot.valToPos(point.value, "y") });
  }

  get cursorRow(): number | null {
    return this.values?.cursor.idx ?? null;
  }

  get visible(): [number, number] {
    const scale = this.values?.scales["x"];
    return [scale?.min ?? this.view[0], scale?.max ?? this.view[1]];
  }

  private get plots(): uPlot[] {
    return [this.values, this.ranges, this.sums].filter((plot) => plot !== undefined);
  }

  /** At most once a frame of the screen, however fast points come. */
  private draw(): void {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      if (this.waiting) this.model.showPoints(this.waiting);
      this.waiting = undefined;
      if (!this.values || this.isLog !== this.model.isLogAxis) this.build();
      const { times, values, ranges, sumsUp, sumsDown } = this.model.columns;
      this.values!.setData([times, values], false);
      this.ranges?.setData([times, ranges], false);
      this.sums?.setData([times, sumsUp, sumsDown], false);
      for (const plot of this.plots) {
        const [min, max] = this.isZoomed ? this.visible : this.view;
        plot.setScale("x", { min, max });
      }
    });
  }

  private redraw(): void {
    for (const plot of this.plots) plot.redraw(false, true);
  }

  private resize(): void {
    const place = this.place("values")!;
    if (!this.values || place.clientWidth === 0) return;
    if (this.isNarrow !== place.clientWidth < narrow) this.build();
    else for (const plot of this.plots) plot.setSize({ width: place.clientWidth, height: plot.height });
    this.draw();
  }

  private build(): void {
    for (const plot of this.plots) plot.destroy();
    const place = this.place("values")!;
    this.isNarrow = place.clientWidth < narrow;
    this.isLog = this.model.isLogAxis;
    const { reading } = this.model;
    const shared = {
      width: place.clientWidth,
      isNarrow: this.isNarrow,
      onZoom: () => ((this.isZoomed = true), this.onZoom()),
      onReset: () => this.reset(),
      isNumbered: reading.isNumbered,
      syncKey: `chart-${reading.title}`,
    };
    const { times, values, ranges } = this.model.columns;
    this.values = new uPlot(
      plotOptions({
        ...shared,
        height: this.isNarrow ? 260 : 340,
        isLog: this.isLog,
        unit: reading.unit,
        label: (suffix) => reading.title + (suffix ? ` in${suffix}` : "") + (this.isLog ? ", log axis" : ""),
        range: () => rangeAround(this.inView(), this.isLog),
        background: (plot) => (drawBackground(plot, this.model, true), drawLimits(plot, this.model)),
        foreground: (plot) => (drawMarks(plot, this.model), labelLimits(plot, this.model, this.isNarrow)),
        onCursor: (plot) => this.onPoint(plot.cursor.idx == null ? null : (this.model.columns.points[plot.cursor.idx] ?? null)),
      }),
      [times, values],
      place,
    );
    const below = this.place("ranges");
    this.ranges = !below || !reading.hasRanges ? undefined : new uPlot(
      plotOptions({
        ...shared,
        height: this.isNarrow ? 130 : 150,
        isLog: false,
        unit: reading.isLog ? null : reading.unit,
        label: (suffix) => (reading.isLog ? `${this.secondTitle}, as a factor` : `${this.secondTitle} in${suffix}`),
        range: (_low, high) => this.rangesAxis(high),
        background: (plot) => (drawBackground(plot, this.model, false), this.drawRangeLimits(plot)),
        foreground: (plot) => this.labelRangeLimits(plot),
        onCursor: () => {},
      }),
      [times, ranges],
      below,
    );
    const sums = this.place("sums");
    const { sumLimit } = reading;
    this.sums = !sums || sumLimit === undefined ? undefined : new uPlot(
      plotOptions({
        ...shared,
        height: this.isNarrow ? 110 : 130,
        isLog: false,
        unit: "",
        lines: 2,
        label: () => "Cumulative sums, in standard deviations",
        range: (low, high) => [Math.min(low ?? 0, -sumLimit) * 1.15, Math.max(high ?? 0, sumLimit) * 1.15],
        background: (plot) => (drawBackground(plot, this.model, false), drawSumLimits(plot, sumLimit)),
        foreground: (plot) => writeAtEdge(plot, this.isNarrow, [[`limit ${threeDigitText(sumLimit)}`, sumLimit], [`limit -${threeDigitText(sumLimit)}`, -sumLimit]]),
        onCursor: () => {},
      }),
      [times, this.model.columns.sumsUp, this.model.columns.sumsDown],
      sums,
    );
  }

  /** The values and the limits that are on screen. */
  private inView(): number[] {
    const [from, to] = this.isZoomed ? this.visible : this.view;
    const shown: number[] = [];
    this.model.columns.points.forEach((point, row) => {
      const time = this.model.columns.times[row]!;
      if (!point || time < from || time > to) return;
      shown.push(point.value);
      if (point.upper != null) shown.push(point.lower ?? point.upper, point.upper);
    });
    return shown;
  }

  private rangesAxis(high: number | null): [number, number] {
    const lowest = this.model.reading.isLog ? 1 : 0;
    const spread = this.model.reading.spread && this.model.range(highestSpreadLimit(this.model));
    const highest = Math.max(high ?? lowest, spread ?? lowest, ...this.model.stages.map((stage) => (stage.baseline ? this.model.range(stage.baseline.movingRangeUpper) : lowest)));
    return [lowest, highest > lowest ? highest + (highest - lowest) * 0.1 : lowest + 1];
  }

  private get secondTitle(): string {
    const { spread } = this.model.reading;
    return spread === "deviation" ? "Standard deviation" : spread === "range" ? "Range" : "Moving range";
  }

  private drawRangeLimits(plot: uPlot): void {
    if (this.model.reading.spread) return drawSpreadLimits(plot, this.model);
    clipped(plot, () => {
      for (const { baseline, first, last } of this.model.stages) {
        if (!baseline) continue;
        const from = plot.valToPos(this.model.columns.times[first]!, "x", true);
        const isCurrent = last === this.model.stages.at(-1)!.last;
        const to = isCurrent ? plot.bbox.left + plot.bbox.width : plot.valToPos(this.model.columns.times[last]!, "x", true);
        horizontal(plot, plot.valToPos(this.model.range(baseline.movingRangeUpper), "y", true), from, to, theme().limit, [6, 4], 1.4);
        horizontal(plot, plot.valToPos(this.model.range(baseline.movingRangeCentre), "y", true), from, to, theme().limit, [], 1.2);
      }
    });
  }

  private labelRangeLimits(plot: uPlot): void {
    if (this.model.reading.spread) return labelSpreadLimits(plot, this.model, this.isNarrow);
    const baseline = this.model.stages.at(-1)?.baseline;
    if (!baseline) return;
    const [upper, centre] = [this.model.range(baseline.movingRangeUpper), this.model.range(baseline.movingRangeCentre)];
    writeAtEdge(plot, this.isNarrow, [[`UCL ${this.model.rangeText(upper)}`, upper], [`CL ${this.model.rangeText(centre)}`, centre]]);
  }

  private place(name: "values" | "ranges" | "sums"): HTMLElement | null {
    return this.surface.querySelector<HTMLElement>(`[data-plot="${name}"]`);
  }
}

function drawSumLimits(plot: uPlot, limit: number): void {
  const { left, width } = plot.bbox;
  clipped(plot, () => {
    for (const level of [limit, -limit]) horizontal(plot, plot.valToPos(level, "y", true), left, left + width, theme().limit, [6, 4], 1.4);
    horizontal(plot, plot.valToPos(0, "y", true), left, left + width, theme().limit, [], 1);
  });
}
