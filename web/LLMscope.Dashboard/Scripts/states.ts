import type { StateKey } from "./contracts";

// The words of Charts/ChartWords.cs.
const words: Record<StateKey, string> = {
  empty: "empty",
  collectingBaseline: "collecting baseline",
  inControl: "in control",
  outOfControl: "out of control",
  recording: "recording",
  noData: "no data",
  problem: "no limits yet",
};

export const stateKey = (state: StateKey, problem?: string | null): StateKey =>
  state === "collectingBaseline" && problem ? "problem" : state;

/** Shows a state on a badge; true where it changed. */
export function showState(badge: HTMLElement, state: StateKey): boolean {
  if (badge.dataset["state"] === state) return false;
  badge.dataset["state"] = state;
  badge.querySelector(".word")!.textContent = words[state];
  return true;
}
