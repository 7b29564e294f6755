import type { LiveConnection } from "./connection";
import type { BoardFrame, Summary } from "./contracts";
import { refreshSoon } from "./fragments";
import { known } from "./quantity";
import { appendToSparkline } from "./sparkline";
import { showState, stateKey } from "./states";

const boardEvery = 30_000;

/** Keeps the overview up to date: values and states at once, what needs the server (new charts, skipped points) a little later. */
export function startBoard(connection: LiveConnection): void {
  const waiting = document.querySelector("[data-wait-first-chart]");
  if (!waiting && !document.querySelector("[data-board]")) return;

  connection.follow<BoardFrame>("WatchBoard", () => [], (frame) => {
    if (frame.charts.length === 0) return;
    // The host is recorded from the start; what is waited for is the first measurement, or a page without any chart.
    if (waiting && (!document.querySelector("[data-board]") || frame.charts.some((chart) => chart.kind !== "record"))) location.reload();
    else if (frame.charts.map(show).includes("stale")) refreshSoon("[data-board]", 5);
  });

  // A chart that falls silent is in no frame; whether it has no data is for the server to say.
  setInterval(() => refreshSoon("[data-board]"), boardEvery);
  const note = waiting?.querySelector("[data-waiting]");
  if (note) connection.onChange((isLive) => (note.textContent = isLive ? "Waiting for the first sample ..." : "Not connected. Reload this page to look again."));
}

// The machine is measured without anyone sending anything.

function show(chart: Summary): "shown" | "stale" {
  const row = document.querySelector<HTMLElement>(`[data-board-chart="${chart.id}"]`);
  if (!row) return isFiltered() ? "shown" : "stale";

  const changed = showState(row.querySelector(".state")!, stateKey(chart.state, chart.problem));
  row.querySelector("[data-note]")!.textContent = noteOf(chart);
  const last = chart.last;
  const before = Number(row.dataset["last"]);
  if (!last || last.number <= before) return changed ? "stale" : "shown";

  row.dataset["last"] = String(last.number);
  row.querySelector("[data-value]")!.textContent = known(last.value, chart.unit);
  if (last.value != null) appendToSparkline(row.querySelector<SVGElement>(".sparkline")!, last.value);

  // Points that came between two frames are missing in the small drawing until the server draws it again.
  return changed || last.number > before + 1 ? "stale" : "shown";
}

const isFiltered = (): boolean => location.search.length > 1;

function noteOf(chart: Summary): string {
  const open = chart.openViolations.length;
  if (open > 0) return open === 1 ? "1 open violation" : `${open} open violations`;
  if (chart.problem) return chart.problem;
  return chart.wanted > 0 ? `${chart.collected} of ${chart.wanted} points` : "";
}
