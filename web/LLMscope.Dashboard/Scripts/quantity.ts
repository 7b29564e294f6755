// A value with its unit as people read it; the same as Charts/Quantity.cs, and held to the same cases.

interface Scale {
  from: number;
  divisor: number;
  suffix: string;
}

const seconds: Scale[] = [
  { from: 3600, divisor: 3600, suffix: " h" },
  { from: 60, divisor: 60, suffix: " min" },
  { from: 1, divisor: 1, suffix: " s" },
  { from: 1e-3, divisor: 1e-3, suffix: " ms" },
  { from: 0, divisor: 1e-6, suffix: " µs" },
];
const bytes: Scale[] = [
  { from: 2 ** 40, divisor: 2 ** 40, suffix: " TiB" },
  { from: 2 ** 30, divisor: 2 ** 30, suffix: " GiB" },
  { from: 2 ** 20, divisor: 2 ** 20, suffix: " MiB" },
  { from: 2 ** 10, divisor: 2 ** 10, suffix: " KiB" },
  { from: 0, divisor: 1, suffix: " B" },
];
const ratio: Scale[] = [{ from: 0, divisor: 0.01, suffix: " %" }];

/** @param unit The base unit of the series, by its UCUM symbol. */
export function quantity(value: number, unit: string): string {
  const scale = scaleFor(Math.abs(threeDigits(value)), unit);
  const number = threeDigitText(value / scale.divisor);
  if (unit !== "USD") return number + scale.suffix;
  return (value < 0 ? `-$${number.slice(1)}` : `$${number}`) + scale.suffix;
}

/** The same of what may not be known yet. */
export const known = (value: number | null | undefined, unit: string): string => (value == null ? "–" : quantity(value, unit));

/** A number without a unit, with three significant digits. */
export function threeDigitText(value: number): string {
  const rounded = threeDigits(value);
  if (rounded === 0) return "0";
  const decimals = 2 - Math.floor(Math.log10(Math.abs(rounded)) + 1e-12);
  return decimals > 12 ? rounded.toExponential(2).toUpperCase() : fixed(rounded, Math.max(0, decimals));
}

export const factor = (value: number): string => `×${threeDigitText(value)}`;

/** One scale for a whole axis, by its largest value. */
export function axisScale(largest: number, unit: string): { divisor: number; suffix: string } {
  return unit === "USD" ? { divisor: 1, suffix: " $" } : scaleFor(Math.abs(largest), unit);
}

export function fixed(value: number, decimals: number): string {
  return value.toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

function scaleFor(size: number, unit: string): Scale {
  if (size === 0 && unit === "s") return seconds[2]!;
  const scales = unit === "s" ? seconds : unit === "By" ? bytes : unit === "1" ? ratio : thousands(unit);
  return scales.find((scale) => size >= scale.from * (1 - 1e-12)) ?? scales.at(-1)!;
}

function thousands(unit: string): Scale[] {
  const [name, joined] =
    unit === "USD" || unit === "{T2}" ? ["", ""]
    : unit === "Cel" ? ["°C", " "]
    : ["W", "J", "Hz", "By/s"].includes(unit) ? [unit.replace("By", "B"), ""]
    : [unit.replace("{token}", "tok").replace("{request}", "req").replace("{event}", "events").replace("{model}", "models"), " "];
  return [
    { from: 1e9, divisor: 1e9, suffix: ` G${joined}${name}` },
    { from: 1e6, divisor: 1e6, suffix: ` M${joined}${name}` },
    { from: 1e4, divisor: 1e3, suffix: ` k${joined}${name}` },
    { from: 0, divisor: 1, suffix: name ? ` ${name}` : "" },
  ];
}

function threeDigits(value: number): number {
  if (value === 0 || !Number.isFinite(value)) return value;
  return Number(value.toPrecision(3));
}
