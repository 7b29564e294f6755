/** Says how old the newest point is, or that news do not arrive. */
export class LiveBadge {
  private latest: number | undefined;
  private isLive = false;

  constructor(private readonly badge: HTMLElement) {}

  appear(): void {
    this.badge.hidden = false;
    this.show();
    setInterval(() => this.show(), 1000);
  }

  connected(isLive: boolean): void {
    this.isLive = isLive;
    this.show();
  }

  arrived(time: number): void {
    this.latest = Math.max(time, this.latest ?? time);
    this.show();
  }

  private show(): void {
    this.badge.dataset["live"] = this.isLive ? "on" : "off";
    const age = this.latest === undefined ? "" : ` · last point ${agoText(Date.now() - this.latest)}`;
    this.badge.textContent = (this.isLive ? "live" : "disconnected") + age;
  }
}

export function agoText(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 120) return `${seconds} s ago`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min ago` : `${Math.round(minutes / 60)} h ago`;
}
