/** The range of an axis around values and lines, with a margin, and never below zero for what is never below zero. */
export function rangeAround(values: readonly number[], isLog: boolean): [number, number] {
  const finite = values.filter((value) => Number.isFinite(value) && (!isLog || value > 0));
  if (finite.length === 0) return isLog ? [0.1, 10] : [0, 1];
  const low = finite.reduce((least, value) => Math.min(least, value));
  const high = finite.reduce((most, value) => Math.max(most, value));
  if (isLog) {
    const margin = high > low ? (high / low) ** 0.12 : 1.5;
    return [low / margin, high * margin];
  }
  const margin = high > low ? (high - low) * 0.12 : Math.abs(high) * 0.5 || 0.5;
  return [low >= 0 ? Math.max(0, low - margin) : low - margin, high + margin];
}

/** Round numbers between two ends, about as many as asked for; on a wide logarithmic axis 1, 2 and 5 of each decade. */
export function ticks(min: number, max: number, wanted: number, isLog: boolean): number[] {
  if (isLog && max / min > 8) return logTicks(min, max, wanted);
  const step = niceStep((max - min) / Math.max(1, wanted));
  const result: number[] = [];
  for (let i = Math.ceil(min / step - 1e-9); i * step <= max * (1 + 1e-12); i++) result.push(Number((i * step).toPrecision(12)));
  return result;
}

/** Decimals that tell neighbouring ticks apart. */
export function decimalsFor(tickValues: readonly number[]): number {
  let decimals = 0;
  while (decimals < 8 && tickValues.some((tick) => Math.abs(tick - Number(tick.toFixed(decimals))) > 1e-9 * Math.max(1e-3, Math.abs(tick)))) decimals++;
  return decimals;
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const steps = [1, 2, 2.5, 5, 10];
  return (steps.find((step) => step * power >= rough * (1 - 1e-9)) ?? 10) * power;
}

function logTicks(min: number, max: number, wanted: number): number[] {
  const decades = Math.log10(max / min);
  const parts = decades * 3 <= wanted * 1.5 ? [1, 2, 5] : [1];
  const result: number[] = [];
  for (let power = Math.floor(Math.log10(min)); power <= Math.ceil(Math.log10(max)); power++) {
    for (const part of parts) {
      const tick = part * 10 ** power;
      if (tick >= min && tick <= max) result.push(Number(tick.toPrecision(12)));
    }
  }
  return result;
}
