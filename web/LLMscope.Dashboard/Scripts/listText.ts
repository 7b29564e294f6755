/** Fills a list with sentences; an empty one is not there. */
export function listText(list: HTMLElement, sentences: readonly string[]): void {
  list.hidden = sentences.length === 0;
  list.replaceChildren(
    ...sentences.map((sentence) => {
      const item = document.createElement("li");
      item.textContent = sentence;
      return item;
    }),
  );
}
