/** A series as it was pasted; null where a value is missing. */
export interface SeriesText {
  values: (number | null)[];
  /** What is no number, a sentence each; at most five. */
  faults: string[];
}

const mostFaults = 5;
const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Reads numbers between white space, commas, semicolons or new lines. An empty cell, an empty line between values, null and NaN
 * are a missing value; a comma at the end of a line ends it. Brackets around the whole are those of JSON.
 */
export function readSeries(text: string): SeriesText {
  const series: SeriesText = { values: [], faults: [] };
  const bare = text.trim().replace(/^\[([^[\]]*)\]$/, "$1").trim();
  if (bare === "") return series;

  for (const line of bare.split(/\r\n|\r|\n/)) {
    for (const cell of cellsOf(line)) {
      const value = valueOf(cell);
      if (value === undefined && series.faults.length < mostFaults) series.faults.push(`“${cell.slice(0, 40)}” at index ${series.values.length} is not a number.`);
      series.values.push(value ?? null);
    }
  }
  return series;
}

const cellsOf = (line: string): string[] => line.trim().replace(/ *[,;]$/, "").split(/ *[,;\t] *| +/);

/** Undefined where it is neither a number nor a word for a missing one. */
function valueOf(cell: string): number | null | undefined {
  if (cell === "" || /^(null|nan)$/i.test(cell)) return null;
  const plain = cell.replace(/^−/, "-");
  const value = Number(plain);
  return number.test(plain) && Number.isFinite(value) ? value : undefined;
}
