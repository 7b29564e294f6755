import type { ChartFrame, Point } from "./contracts";

/** What became of a frame: it continued, there was nothing new in it, or points are missing before it. */
export type Taken = "continued" | "nothing" | "gap";

/** The points of one chart in order of their numbers, without a doubled one. At most `capacity` of them, the newest. */
export class PointStore {
  points: Point[] = [];

  constructor(private readonly capacity = 20_000, public lastNumber = 0) {}

  /** Replaces everything by what a window has, except what came while the window was fetched. */
  reset(points: Point[]): void {
    const last = points.at(-1)?.number ?? 0;
    this.points = [...points, ...this.points.filter((point) => point.number > last)].slice(-this.capacity);
    this.lastNumber = Math.max(this.lastNumber, last);
  }

  take(frame: ChartFrame): Taken {
    const news = frame.points.filter((point) => point.number > this.lastNumber);
    const first = news[0];
    if (!first) return "nothing";
    const isGap = this.lastNumber > 0 && first.number > this.lastNumber + 1;
    if (isGap) return "gap";
    for (const point of news) this.points.push(point);
    this.lastNumber = news.at(-1)!.number;
    if (this.points.length > this.capacity) this.points.splice(0, this.points.length - this.capacity);
    return "continued";
  }

  /** Forgets points that no view shows any more. */
  dropBefore(time: number): void {
    const first = this.points.findIndex((point) => Date.parse(point.time) >= time);
    if (first > 0) this.points.splice(0, first);
  }
}
