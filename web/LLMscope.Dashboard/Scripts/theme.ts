/** The colours of the page, for what is drawn on a canvas. */
export interface Theme {
  text: string;
  muted: string;
  line: string;
  surface: string;
  accent: string;
  signal: string;
  limit: string;
  baseline: string;
}

const dark = matchMedia("(prefers-color-scheme: dark)");
let current: Theme | undefined;

export function theme(): Theme {
  return (current ??= read());
}

export function onThemeChange(changed: () => void): void {
  dark.addEventListener("change", () => {
    current = undefined;
    changed();
  });
}

function read(): Theme {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    text: token("text"),
    muted: token("muted"),
    line: token("line"),
    surface: token("surface"),
    accent: token("accent"),
    signal: token("signal"),
    limit: token("limit"),
    baseline: token("baseline"),
  };
}
