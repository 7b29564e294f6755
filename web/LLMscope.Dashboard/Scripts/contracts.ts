// What the service tells, as its API and hub write it.

export type Rule = "R1" | "R2" | "R3" | "R4" | "R5" | "R6" | "R7" | "R8" | "CUSUM" | "EWMA" | "Level";

export interface Signal {
  rule: Rule;
  direction: "up" | "down" | "none";
}

/** How far the samples of a point lie apart, on the transformed scale, with the limits of what is charted of it. */
export interface Spread {
  deviation: number;
  range: number;
  centre?: number | null;
  lower?: number | null;
  upper?: number | null;
}

/** How much each characteristic of a joint chart adds to T2, and how far it lies from its mean, in standard deviations. */
export interface Joint {
  contributions?: number[] | null;
  deviations?: number[] | null;
}

/** A point with something to plot. */
export type Plotted = Point & { value: number };

export interface Point {
  number: number;
  time: string;
  /** Null for a T2 of a time when there was no baseline yet. */
  value: number | null;
  count: number;
  movingRange?: number | null;
  spread?: Spread | null;
  joint?: Joint | null;
  phase: "baseline" | "judged" | "recorded";
  startsSegment: boolean;
  baselineId?: number | null;
  centre?: number | null;
  lower?: number | null;
  upper?: number | null;
  signals: Signal[];
  /** The cumulative sums after it, in standard deviations, where they are kept. */
  cusumUp?: number | null;
  cusumDown?: number | null;
}

export interface Baseline {
  id: number;
  version: number;
  from: string;
  to: string;
  count: number;
  /** From the lower control limit to the upper one; null where they vary from point to point. */
  zones?: [number, number, number, number, number, number, number] | null;
  /** On the transformed scale, like the moving ranges themselves. */
  movingRangeCentre: number;
  movingRangeUpper: number;
}

export interface Annotation {
  time: string;
  kind: string;
  text: string;
}

export interface PointWindow {
  points: Point[];
  baselines: Baseline[];
  annotations: Annotation[];
  total?: number;
}

export type StateKey = "empty" | "collectingBaseline" | "inControl" | "outOfControl" | "recording" | "noData" | "problem";

export interface Summary {
  id: number;
  title: string;
  characteristicTitle: string;
  unit: string;
  kind:
    | "individuals" | "proportion" | "proportionPrime" | "unitCount" | "count" | "rate" | "ratePrime" | "timeBetween"
    | "subgroupMeansS" | "subgroupMeansR" | "unitsBetween" | "hotellingT2" | "mewma" | "record";
  state: StateKey;
  collected: number;
  wanted: number;
  problem?: string | null;
  openViolations: string[];
  last?: Point | null;
}

export interface ChartFrame {
  chartId: number;
  state: StateKey;
  collected: number;
  wanted: number;
  baselineId?: number | null;
  lost: number;
  points: Point[];
}

export interface BoardFrame {
  charts: Summary[];
}

export interface ViolationNews {
  id: string;
  chartId: number;
  change: "opened" | "extended" | "acknowledged" | "resolved";
}
