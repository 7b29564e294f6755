import { readSeries } from "./seriesText";

/** What is asked of the service, and how its indices lie in what was pasted. */
export interface JudgeQuestion {
  body: { values: (number | null)[]; missing: string; limits: Record<string, unknown> };
  /** The values before those that are judged: the baseline, where it is the beginning of the series. */
  before: (number | null)[];
  /** Why nothing can be asked, a sentence each. */
  faults: string[];
}

/** The question behind a filled form. */
export function questionOf(fields: FormData): JudgeQuestion {
  const series = readSeries(text(fields, "values"));
  const faults = series.faults.map((fault) => `Values: ${fault}`);
  if (series.values.length === 0) faults.push("Values: there are none.");
  const question: JudgeQuestion = { body: { values: series.values, missing: text(fields, "missing"), limits: {} }, before: [], faults };
  const { limits } = question.body;
  const budget = text(fields, "budget");
  const source = text(fields, "source");
  if (source === "given") {
    limits["centre"] = given(fields, "centre", "Centre", faults);
    limits["sigma"] = given(fields, "sigma", "Sigma", faults);
  } else {
    for (const choice of ["chart", "transform", "predictor"]) limits[choice] = text(fields, choice);
    if (source === "own") limits["baseline"] = ownBaseline(fields, faults);
    else divide(question, text(fields, "first"));
  }
  if (budget !== "none") limits["budget"] = { name: budget, intervalSeconds: given(fields, "interval", "Interval", faults) };
  return question;
}

/** What the service found wrong, beside the words of the form. */
export function problemsOf(errors: Record<string, string[]>, before: number): string[] {
  return Object.entries(errors).map(([path, messages]) => `${placeOf(path, before)} ${messages.join(", ")}.`.replace(/\.\.$/, "."));
}

function placeOf(path: string, before: number): string {
  const at = /^\$\.(values|limits\.baseline)(?:\[(\d+)\])?$/.exec(path);
  if (at?.[1] === "values") return at[2] ? `Value at index ${Number(at[2]) + before}` : "Values";
  if (at) return at[2] ? `Baseline value at index ${at[2]}` : "Baseline";
  if (path === "$") return "The form";
  const name = path.split(".").at(-1)!.replace("intervalSeconds", "interval in seconds");
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function divide(question: JudgeQuestion, first: string): void {
  const { values } = question.body;
  const count = first === "" ? Math.floor(values.length / 2) : Number(first);
  if (values.length > 0 && !(Number.isInteger(count) && count >= 1 && count < values.length))
    question.faults.push(`First values: must be a whole number from 1 to ${values.length - 1}, so that values are left to be judged.`);
  question.before = values.slice(0, count);
  question.body.values = values.slice(count);
  question.body.limits["baseline"] = question.before;
}

function ownBaseline(fields: FormData, faults: string[]): (number | null)[] {
  const baseline = readSeries(text(fields, "baseline"));
  faults.push(...baseline.faults.map((fault) => `Baseline: ${fault}`));
  if (baseline.values.length === 0) faults.push("Baseline: there are no values.");
  return baseline.values;
}

function given(fields: FormData, field: string, name: string, faults: string[]): number {
  const value = text(fields, field);
  if (value === "" || !Number.isFinite(Number(value))) faults.push(`${name}: must be a number.`);
  return Number(value);
}

const text = (fields: FormData, field: string): string => String(fields.get(field) ?? "").trim();
