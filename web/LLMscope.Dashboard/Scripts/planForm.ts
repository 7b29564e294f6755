import { threeDigitText } from "./quantity";

interface Band {
  expected: number;
  low: number;
  high: number;
}

export interface Expectation {
  now: { falseAlarms: Band };
  whatIf: { falseAlarms: Band };
}

const pause = 150;

/** Tells at once how many false alarms a choice of rules and budget makes. Without it the form works the same, and tells after saving. */
export function startPlanForm(): void {
  const form = document.querySelector<HTMLFormElement>("[data-plan-form]");
  const told = form?.querySelector<HTMLElement>("[data-what-if]");
  if (!form || !told) return;

  let waiting: number | undefined;
  let asked: AbortController | undefined;
  form.addEventListener("input", (event) => {
    if (!["rules", "budget", "alarms", "period"].includes((event.target as HTMLInputElement).name)) return;
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => {
      asked?.abort();
      asked = new AbortController();
      void ask(form, told, asked.signal);
    }, pause);
  });
}

async function ask(form: HTMLFormElement, told: HTMLElement, signal: AbortSignal): Promise<void> {
  told.textContent = "Computing ...";
  const answer = await fetch(whatIfAddress(form.dataset["planForm"]!, new FormData(form)), { signal }).catch(() => undefined);
  if (signal.aborted) return;
  if (answer?.ok) told.textContent = expectationText((await answer.json()) as Expectation);
  else told.textContent = answer?.status === 400 ? "There is no such budget: 0.1 to 1,000 false alarms." : "The number cannot be computed now.";
}

/** The question behind what is ticked. */
export function whatIfAddress(chart: string, fields: FormData): string {
  const budget = fields.get("budget") === "own" ? `${String(fields.get("alarms"))}/${String(fields.get("period"))}` : String(fields.get("budget"));
  const question = new URLSearchParams({ rules: fields.getAll("rules").join(","), budget, per: "week" });
  return `/api/v1/charts/${chart}/expected-false-alarms?${question}`;
}

export function expectationText({ now, whatIf }: Expectation): string {
  const { expected, low, high } = whatIf.falseAlarms;
  return `With this: ${threeDigitText(expected)} false alarms a week, ${threeDigitText(low)} to ${threeDigitText(high)} in nine baselines of ten. Now it is ${threeDigitText(now.falseAlarms.expected)}.`;
}
