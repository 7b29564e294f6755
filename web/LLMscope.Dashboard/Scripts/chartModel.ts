import { columnsOf, type Columns } from "./columns";
import type { Annotation, Baseline, Point, PointWindow } from "./contracts";
import { factor, quantity } from "./quantity";
import { runsOf, type Runs, type Windows } from "./runs";
import { stagesOf, type Stage } from "./stages";

/** How a chart is to be read; where it changes, all points do. */
export interface ChartReading {
  title: string;
  unit: string;
  isLog: boolean;
  hasRanges: boolean;
  /** Whether limits that vary hold for a whole subgroup, or at the point alone. */
  hasSteps: boolean;
  /** Whether no value lies below zero, so that a lower limit there is none: shares, counts, T2. */
  isFromZero?: boolean | undefined;
  /** What a cumulative sum must exceed to signal; without it no sums are drawn. */
  sumLimit?: number | undefined;
  /** How many points the rules look at, where their numbers are not those that Nelson printed. */
  windows?: Partial<Windows> | undefined;
  /** The spread within subgroups that is charted in the place of moving ranges. */
  spread?: "deviation" | "range" | undefined;
  /** Whether points lie one second apart and are named by their index, not by a time. */
  isNumbered?: boolean | undefined;
  /** The number of the point that the page is about. */
  marked?: number | undefined;
}

const fromZero = new Set(["proportion", "proportionprime", "unitcount", "count", "rate", "rateprime", "unitsbetween", "hotellingt2", "mewma"]);

/** Whether a kind of chart, as the page names it, plots what cannot be negative. */
export const isFromZero = (kind: string | undefined): boolean => fromZero.has(kind ?? "");

/** A point without a lower limit that no value could lie beyond. */
export const withoutFloor = (point: Point): Point => (point.lower != null && point.lower <= 0 ? { ...point, lower: null } : point);

/** Everything that a chart draws. The limits are those that are stored; none is computed here. */
export class ChartModel {
  columns: Columns = columnsOf([], (range) => range);
  baselines: Baseline[] = [];
  annotations: Annotation[] = [];
  stages: Stage[] = [];
  runs: Runs = { spans: [], contributing: new Set() };
  showsZones = true;

  constructor(readonly reading: ChartReading) {}

  get marked(): number | undefined {
    return this.reading.marked;
  }

  /** Zero has no logarithm: such points are drawn on a plain axis rather than left out. */
  get isLogAxis(): boolean {
    return this.reading.isLog && this.columns.values.every((value) => value === null || value > 0);
  }

  take(window: PointWindow): void {
    this.baselines = window.baselines;
    this.annotations = window.annotations;
  }

  showPoints(points: readonly Point[]): void {
    const limited = this.reading.isFromZero ? points.map(withoutFloor) : points;
    this.columns = columnsOf(limited, (range) => this.range(range), this.reading.spread);
    this.stages = stagesOf(this.columns, this.baselines);
    this.runs = runsOf(this.columns, this.baselines, this.reading.windows);
  }

  text(value: number): string {
    return quantity(value, this.reading.unit);
  }

  /** On the log scale the distance between neighbours is a ratio, so it is drawn as a factor. */
  range(movingRange: number): number {
    return this.reading.isLog ? Math.exp(movingRange) : movingRange;
  }

  rangeText(value: number): string {
    return this.reading.isLog ? factor(value) : this.text(value);
  }
}
