import { threeDigitText } from "./quantity";

/** What the service made of a series, as its API writes it. */
export interface JudgeAnswer {
  chart: { kind: string; transform: string; scale: string; predictor: string; baseline: number; rules: Record<string, { n?: number }>; why: string[]; warnings: string[] };
  limits: ConstantLimits | VaryingLimits;
  expectedFalseAlarms: FalseAlarms | null;
  signals: SeriesSignal[];
}

export interface ConstantLimits {
  centre: number;
  lower: number | null;
  upper: number | null;
  zones: (number | null)[];
}

export interface VaryingLimits {
  centre: (number | null)[];
  lower: (number | null)[];
  upper: (number | null)[];
}

export interface FalseAlarms {
  per: string | null;
  points: number;
  expected: number;
  low: number | null;
  high: number | null;
  isUpperBound: boolean;
  averageRunLength: number | null;
  note: string;
}

export interface SeriesSignal {
  index: number;
  rule: string;
  direction: "up" | "down" | "none";
  from: number;
}

/** What went wrong with a request, as the service tells it. */
export interface Problem {
  title?: string;
  errors?: Record<string, string[]>;
}

export const hasConstantLimits = (limits: JudgeAnswer["limits"]): limits is ConstantLimits => !Array.isArray(limits.centre);

/** A rule as the dashboard writes it: R1 to R8, CUSUM, EWMA, Level. */
export const ruleName = (rule: string): string => (rule === "level" ? "Level" : rule.toUpperCase());

export function falseAlarmsText(alarms: FalseAlarms | null): string {
  if (!alarms) return "not known for these rules";
  const { expected, low, high, per, points, averageRunLength } = alarms;
  const time = per === null ? `in ${points.toLocaleString("en-US")} points` : `a ${per}`;
  const band = low !== null && high !== null ? `, ${threeDigitText(low)} to ${threeDigitText(high)} in nine baselines of ten` : "";
  const length = averageRunLength === null ? "" : `; one every ${threeDigitText(averageRunLength)} points`;
  return `${alarms.isUpperBound ? "at most " : ""}${threeDigitText(expected)} ${time}${band}${length}`;
}

export function limitsText(limits: JudgeAnswer["limits"]): string {
  if (!hasConstantLimits(limits)) return "each value has its own";
  const { centre, lower, upper } = limits;
  return `centre ${threeDigitText(centre)}, lower ${line(lower)}, upper ${line(upper)}`;
}

export function summaryText(signals: readonly SeriesSignal[], judged: number): string {
  const points = new Set(signals.map((signal) => signal.index)).size;
  const values = `${judged.toLocaleString("en-US")} ${judged === 1 ? "value" : "values"}`;
  if (points === 0) return `In control: no signal in ${values}.`;
  return `Out of control: ${signals.length.toLocaleString("en-US")} ${signals.length === 1 ? "signal" : "signals"} at ${points.toLocaleString("en-US")} of ${values}.`;
}

const line = (value: number | null): string => (value === null ? "none" : threeDigitText(value));
