import { bindChartKeys } from "./chartKeys";
import { isFromZero } from "./chartModel";
import type { LiveConnection } from "./connection";
import type { ChartFrame, Point, PointWindow } from "./contracts";
import { ControlChart } from "./controlChart";
import { refreshSoon } from "./fragments";
import { localTime, utc } from "./localTimes";
import { LiveBadge } from "./liveBadge";
import { PauseButton } from "./pauseButton";
import { PointStore } from "./pointStore";
import { known } from "./quantity";
import { readoutOf } from "./readout";
import { windowsOf } from "./runs";
import { showState } from "./states";

const most = 4000;
const factsEvery = 30_000;

/** Draws the chart of a page and follows it where its window ends now. */
export function startChartPage(connection: LiveConnection): void {
  const figure = document.querySelector<HTMLElement>("[data-chart]");
  if (figure) void new ChartPage(figure, connection).start();
}

class ChartPage {
  private readonly id: string;
  private readonly unit: string;
  private readonly follows: boolean;
  private readonly store: PointStore;
  private readonly chart: ControlChart;
  private readonly live: LiveBadge;
  private readonly pause: PauseButton;
  private baselineId: number | null | undefined;
  private stream: { restart: () => void } | undefined;

  constructor(private readonly figure: HTMLElement, private readonly connection: LiveConnection) {
    const { chart = "", unit = "1", title = "", transform, kind, follow, last, sumLimit, windows, together } = figure.dataset;
    this.id = chart;
    this.unit = unit;
    this.follows = follow !== undefined;
    this.store = new PointStore(20_000, Number(last));
    const spread = kind === "subgroupmeanss" ? "deviation" : kind === "subgroupmeansr" ? "range" : undefined;
    const readout = this.part("[data-readout]");
    const reset = this.part<HTMLButtonElement>("[data-reset]");
    this.chart = new ControlChart(
      figure,
      {
        title, unit, isLog: transform === "log", hasRanges: kind === "individuals" || spread !== undefined, spread, hasSteps: kind !== "individuals" && kind !== "record", isFromZero: isFromZero(kind),
        sumLimit: sumLimit ? Number(sumLimit) : undefined, windows: windowsOf(windows),
      },
      (point) => point && (readout.textContent = readoutOf(point, unit, together ? (JSON.parse(together) as string[]) : undefined)),
      () => (reset.hidden = !this.chart.isZoomed),
    );
    reset.addEventListener("click", () => this.chart.reset());
    this.live = new LiveBadge(this.part("[data-live]"));
    this.pause = new PauseButton(this.part<HTMLButtonElement>("[data-pause]"), () => this.showAll());
    bindChartKeys(figure, this.chart);
    this.bindZones(this.part<HTMLInputElement>("[data-zones]"));
  }

  async start(): Promise<void> {
    await this.load();
    if (!this.follows) return;
    this.pause.appear();
    this.live.appear();
    const last = this.store.points.at(-1);
    if (last) this.live.arrived(Date.parse(last.time));
    this.connection.onChange((isLive) => this.live.connected(isLive));
    this.stream = this.connection.follow<ChartFrame>("WatchChart", () => [Number(this.id), this.store.lastNumber], (frame) => this.take(frame));
    setInterval(() => this.pause.isPaused || this.look(), 1000);

    // A chart that falls silent sends no frame; whether it has no data is for the server to say.
    setInterval(() => refreshFacts(), factsEvery);
  }

  private async load(): Promise<void> {
    const [from, to] = this.window();
    const address = `/api/v1/charts/${this.id}/points?from=${iso(from)}&to=${iso(to)}&most=${most}`;
    const answer = await fetch(address).catch(() => undefined);
    if (!answer?.ok) return this.fail();
    const window = (await answer.json()) as PointWindow;
    this.store.reset(window.points);
    this.chart.model.take(window);
    this.baselineId = window.points.at(-1)?.baselineId ?? this.baselineId;
    this.show();
  }

  private fail(): void {
    const empty = this.part("[data-plot-empty]");
    empty.hidden = false;
    empty.textContent = "The points could not be loaded. The table below has those of the time when the page was made.";
  }

  private take(frame: ChartFrame): void {
    const taken = this.store.take(frame);
    if (taken === "gap") return this.stream?.restart();
    const state = document.querySelector<HTMLElement>("[data-headline] .state");
    if (state && showState(state, frame.state)) refreshFacts();
    if (frame.state === "collectingBaseline") refreshFacts(5);
    if (taken === "nothing") return;

    this.live.arrived(Date.parse(frame.points.at(-1)!.time));
    this.pause.arrived(frame.points.length);
    if (!this.pause.isPaused) this.showAll();
  }

  private showAll(): void {
    if (this.hasUnknownBaseline) void this.load();
    else this.show();
  }

  // The limits of a new baseline are in the window, not in the frames.
  private get hasUnknownBaseline(): boolean {
    const id = this.store.points.at(-1)?.baselineId;
    return id != null && !this.chart.model.baselines.some((baseline) => baseline.id === id);
  }

  private show(): void {
    const last = this.store.points.at(-1);
    this.part("[data-plot-empty]").hidden = last !== undefined;
    if (last && this.follows) this.showLast(last);
    this.chart.showPoints(this.store.points);
    this.look();
  }

  private showLast(last: Point): void {
    document.querySelector("[data-headline] [data-value]")!.textContent = known(last.value, this.unit);
    const time = document.querySelector<HTMLTimeElement>("[data-headline] time");
    if (!time) return;
    time.dateTime = last.time;
    time.textContent = utc(last.time);
    time.title = localTime(last.time);
  }

  private look(): void {
    const [from, to] = this.window();
    if (this.follows) this.store.dropBefore(from);
    const first = this.store.points[0];

    // A chart that has just begun fills the width instead of the last inch of it.
    const begins = first?.number === 1 ? Math.max(from, Date.parse(first.time) - 0.02 * (to - Date.parse(first.time)) - 500) : from;
    const margin = this.follows ? (to - begins) / 100 : 0;
    this.chart.look(begins / 1000, (to + margin) / 1000);
  }

  private window(): [number, number] {
    const { from, to, seconds } = this.figure.dataset;
    if (!this.follows) return [Date.parse(from!), Date.parse(to!)];
    const now = Math.max(Date.now(), Date.parse(this.store.points.at(-1)?.time ?? to!));
    return [now - Number(seconds) * 1000, now];
  }

  private bindZones(box: HTMLInputElement): void {
    this.chart.showZones(box.checked);
    box.addEventListener("change", () => {
      this.chart.showZones(box.checked);
      const address = new URL(location.href);
      if (box.checked) address.searchParams.delete("zones");
      else address.searchParams.set("zones", "off");
      history.replaceState(null, "", address);
    });
  }

  private part<E extends HTMLElement = HTMLElement>(selector: string): E {
    return this.figure.querySelector<E>(selector)!;
  }
}

function refreshFacts(seconds?: number): void {
  for (const part of ["[data-headline]", "[data-state-note]", "[data-facts]"]) refreshSoon(part, seconds);
}

const iso = (time: number): string => encodeURIComponent(new Date(time).toISOString());
