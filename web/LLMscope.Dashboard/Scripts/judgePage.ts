import { bindChartKeys } from "./chartKeys";
import type { Plotted } from "./contracts";
import { ControlChart } from "./controlChart";
import { falseAlarmsText, limitsText, ruleName, summaryText, type JudgeAnswer, type Problem } from "./judgeAnswer";
import { judgedPoints } from "./judgedPoints";
import { problemsOf, questionOf, type JudgeQuestion } from "./judgeForm";
import { listText } from "./listText";
import { threeDigitText } from "./quantity";

const mostRows = 500;

/** Sends a pasted series to the service and shows what it made of it. Nothing is stored, here or there. */
export function startJudgePage(): void {
  const page = document.querySelector<HTMLElement>("[data-judge]");
  if (!page) return;
  document.querySelector("[data-without-scripts]")?.remove();
  page.hidden = false;
  new JudgePage(page).start();
}

class JudgePage {
  private readonly form: HTMLFormElement;
  private readonly result: HTMLElement;
  private readonly summary: HTMLElement;
  private chart: ControlChart | undefined;
  private asked: AbortController | undefined;

  constructor(private readonly page: HTMLElement) {
    this.form = this.part<HTMLFormElement>("[data-judge-form]");
    this.result = this.part("[data-judged]");
    this.summary = this.part("[data-summary]");
  }

  start(): void {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.judge();
    });
    this.form.addEventListener("change", () => this.showChosen());
    this.showChosen();
  }

  // Only the fields of the chosen source of limits are there to be filled.
  private showChosen(): void {
    const fields = new FormData(this.form);
    const source = String(fields.get("source"));
    for (const part of this.form.querySelectorAll<HTMLElement>("[data-source]")) part.hidden = !part.dataset["source"]!.split(" ").includes(source);
    this.part("[data-interval]").hidden = ["none", "classic"].includes(String(fields.get("budget")));
  }

  private async judge(): Promise<void> {
    this.asked?.abort();
    const asked = (this.asked = new AbortController());
    const question = questionOf(new FormData(this.form));
    if (question.faults.length > 0) return this.refuse(question.faults);

    this.summary.textContent = "Judging ...";
    const answer = await fetch("/api/v1/judge", {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(question.body), signal: asked.signal,
    }).catch(() => undefined);
    const told: unknown = await answer?.json().catch(() => undefined);
    if (asked.signal.aborted) return;
    if (answer?.ok && told) return this.show(told as JudgeAnswer, question);
    const { errors, title } = (told ?? {}) as Problem;
    this.refuse(errors ? problemsOf(errors, question.before.length) : [title ?? "The service did not answer."]);
  }

  private refuse(problems: readonly string[]): void {
    this.result.hidden = true;
    this.summary.textContent = "";
    listText(this.part("[data-problems]"), problems);
  }

  private show(answer: JudgeAnswer, question: JudgeQuestion): void {
    const { chart, limits, expectedFalseAlarms, signals } = answer;
    const { values } = question.body;
    listText(this.part("[data-problems]"), []);
    this.result.hidden = false;
    this.summary.textContent = summaryText(signals, values.filter((value) => value !== null).length);
    this.write("kind", chart.kind);
    this.write("transform", chart.scale === "log" && chart.transform !== "log" ? `${chart.transform}, of logarithms` : chart.transform);
    this.write("predictor", chart.predictor);
    this.write("baseline", chart.baseline === 0 ? "none: the limits were given" : `${chart.baseline.toLocaleString("en-US")} values`);
    this.write("rules", Object.keys(chart.rules).map(ruleName).join(", "));
    this.write("limits", limitsText(limits));
    this.write("alarms", falseAlarmsText(expectedFalseAlarms));
    this.write("note", expectedFalseAlarms?.note ?? "");
    listText(this.part("[data-why]"), chart.why);
    listText(this.part("[data-warnings]"), chart.warnings);
    this.listSignals(answer, question);
    this.draw(answer, question);
  }

  private listSignals({ signals }: JudgeAnswer, { before, body }: JudgeQuestion): void {
    const rows = signals.slice(0, mostRows).map(({ index, rule, direction, from }) => {
      const row = document.createElement("tr");
      const value = body.values[index];
      for (const text of [index + before.length, value == null ? "" : threeDigitText(value), ruleName(rule), direction, from + before.length])
        row.insertCell().textContent = String(text);
      return row;
    });
    this.part("[data-signals]").replaceChildren(...rows);
    this.part("[data-signal-table]").hidden = rows.length === 0;
    this.write("more", signals.length > mostRows ? `The first ${mostRows} of ${signals.length.toLocaleString("en-US")} signals.` : "");
  }

  private draw(answer: JudgeAnswer, { before, body }: JudgeQuestion): void {
    const figure = this.part("[data-judged-chart]");
    if (!this.chart) {
      const reading = { title: "Value", unit: "", isLog: false, hasRanges: false, hasSteps: false, isNumbered: true };
      this.chart = new ControlChart(figure, reading, (point) => point && (this.part("[data-readout]").textContent = readout(point)));
      bindChartKeys(figure, this.chart);
    }
    const { model } = this.chart;
    const { rules, transform, scale } = answer.chart;
    model.reading.isLog = transform === "log" || scale === "log";
    model.reading.windows = Object.fromEntries(Object.entries(rules).flatMap(([rule, { n }]) => (n === undefined ? [] : [[ruleName(rule), n]])));
    const count = before.length + body.values.length;
    this.chart.show(judgedPoints(answer, before, body.values));
    this.chart.look(-0.02 * count - 0.5, count * 1.02 - 0.5);
    this.chart.reset();
  }

  private write(name: string, text: string): void {
    this.part(`[data-told="${name}"]`).textContent = text;
  }

  private part<E extends HTMLElement = HTMLElement>(selector: string): E {
    return this.page.querySelector<E>(selector)!;
  }
}

function readout({ number, value, phase, signals }: Plotted): string {
  const told = signals.map(({ rule, direction }) => (direction === "none" ? rule : `${rule} ${direction}`)).join(", ");
  return `Index ${number}: ${threeDigitText(value)}${phase === "baseline" ? ", baseline" : ""}${told ? `, signals ${told}` : ""}`;
}
