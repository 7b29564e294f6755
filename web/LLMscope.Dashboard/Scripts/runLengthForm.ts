import type { Problem } from "./judgeAnswer";
import { listText } from "./listText";
import { threeDigitText } from "./quantity";

export interface RunLength {
  arl: number | null;
  sdrl: number | null;
  quantiles: Record<"p05" | "p10" | "p25" | "p50" | "p75" | "p90" | "p95", number | null>;
  alarmsPer10000Points: number;
  remark: string | null;
}

/** Asks for the run length of rules, and tells it below the form. */
export function startRunLengthForm(): void {
  const form = document.querySelector<HTMLFormElement>("[data-run-length-form]");
  const told = document.querySelector<HTMLElement>("[data-run-length]");
  const problems = document.querySelector<HTMLElement>("[data-run-length-problems]");
  if (!form || !told || !problems) return;

  let asked: AbortController | undefined;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    asked?.abort();
    asked = new AbortController();
    void ask(new FormData(form), told, problems, asked.signal);
  });
}

async function ask(fields: FormData, told: HTMLElement, problems: HTMLElement, signal: AbortSignal): Promise<void> {
  const answer = await fetch(runLengthAddress(fields), { signal }).catch(() => undefined);
  const body: unknown = await answer?.json().catch(() => undefined);
  if (signal.aborted) return;
  const isTold = answer?.ok === true && body !== undefined;
  listText(told, isTold ? runLengthTexts(body as RunLength) : []);
  listText(problems, isTold ? [] : problemTexts((body ?? {}) as Problem));
}

export function runLengthAddress(fields: FormData): string {
  const question = new URLSearchParams({ rules: fields.getAll("rules").join(",") });
  for (const name of ["shift", "sigmaRatio"]) question.set(name, String(fields.get(name)));
  return `/api/v1/run-lengths?${question}`;
}

export function runLengthTexts({ arl, sdrl, quantiles, alarmsPer10000Points, remark }: RunLength): string[] {
  const { p05, p10, p25, p50, p75, p90, p95 } = quantiles;
  return [
    `Average run length (ARL): ${points(arl)}`,
    `Its standard deviation (SDRL): ${points(sdrl)}`,
    `Half of the runs end within ${points(p50)}, from 25 to 75 % within ${count(p25)} to ${points(p75)}`,
    `Quantiles of 5, 10, 90 and 95 %: ${[p05, p10, p90].map(count).join(", ")} and ${points(p95)}`,
    `Signals in 10,000 points: ${threeDigitText(alarmsPer10000Points)}`,
    ...(remark === null ? [] : [remark]),
  ];
}

const problemTexts = ({ errors, title }: Problem): string[] =>
  errors ? Object.entries(errors).map(([name, messages]) => `${name} ${messages.join(", ")}`) : [title ?? "The service did not answer."];

const count = (value: number | null): string => (value === null ? "not known" : Number.isInteger(value) ? value.toLocaleString("en-US") : threeDigitText(value));
const points = (value: number | null): string => (value === null ? "not known" : `${count(value)} points`);
