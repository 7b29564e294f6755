// Parts of a page that the server renders again. What a script does not keep up to date itself is fetched and put in place.

let waiting: number | undefined;
const wanted = new Set<string>();

/** Renders the elements that match again, at most once in `seconds`. Requests in between are one. */
export function refreshSoon(selector: string, seconds = 3): void {
  wanted.add(selector);
  waiting ??= window.setTimeout(() => {
    waiting = undefined;
    const selectors = [...wanted];
    wanted.clear();
    void refresh(selectors);
  }, seconds * 1000);
}

async function refresh(selectors: string[]): Promise<void> {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => undefined);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const selector of selectors) {
    const here = document.querySelector(selector);
    const there = page.querySelector(selector);
    // What someone is in must not be taken from under them.
    if (here && there && !here.contains(document.activeElement)) here.replaceWith(document.adoptNode(there));
  }
}
