import type { LiveConnection } from "./connection";
import type { Summary, ViolationNews } from "./contracts";
import { refreshSoon } from "./fragments";

// Someone who listens to the page hears of episodes, not of points, and not more often than this.
const pause = 10_000;

/** Tells of violations that open while the page is looked at. */
export function startAnnouncements(connection: LiveConnection): void {
  const place = document.querySelector<HTMLElement>("[data-toasts]");
  if (!place) return;
  let opened: ViolationNews[] = [];
  let timer: number | undefined;

  const announce = async () => {
    timer = undefined;
    const news = opened;
    opened = [];
    if (news.length === 0) return;
    await show(place, news);
    timer = window.setTimeout(() => void announce(), pause);
  };

  connection.follow<ViolationNews>("WatchViolations", () => [], (news) => {
    refreshSoon("[data-violations]", 5);
    if (news.change !== "opened") return;
    opened.push(news);
    timer ??= window.setTimeout(() => void announce(), 500);
  });
}

async function show(place: HTMLElement, news: ViolationNews[]): Promise<void> {
  const newest = news.at(-1)!;
  const answer = await fetch(`/api/v1/charts/${newest.chartId}`).catch(() => undefined);
  const title = answer?.ok ? ((await answer.json()) as Summary).title : `chart ${newest.chartId}`;

  const toast = document.createElement("p");
  toast.className = "toast";
  const link = document.createElement("a");
  link.href = `/violations/${newest.id}`;
  link.textContent = title;
  const dismiss = document.createElement("button");
  dismiss.type = "button";
  dismiss.textContent = "Dismiss";
  dismiss.addEventListener("click", () => toast.remove());
  toast.append(news.length === 1 ? "Violation opened: " : `${news.length} violations opened, the newest: `, link, dismiss);
  place.replaceChildren(toast);
}
