/** Stops what moves; new points are kept and counted meanwhile. The space key does the same where it means nothing else. */
export class PauseButton {
  isPaused = false;
  private missed = 0;

  constructor(private readonly button: HTMLButtonElement, private readonly resume: () => void) {
    button.addEventListener("click", () => this.toggle());
    document.addEventListener("keydown", (event) => {
      const isOurs = event.target === document.body || (event.target instanceof HTMLElement && event.target.matches(".control-chart, main"));
      if (event.key !== " " || !isOurs || button.hidden) return;
      event.preventDefault();
      this.toggle();
    });
  }

  appear(): void {
    this.button.hidden = false;
  }

  arrived(points: number): void {
    if (!this.isPaused) return;
    this.missed += points;
    this.show();
  }

  private toggle(): void {
    this.isPaused = !this.isPaused;
    this.missed = 0;
    this.show();
    if (!this.isPaused) this.resume();
  }

  private show(): void {
    this.button.setAttribute("aria-pressed", String(this.isPaused));
    this.button.textContent = this.isPaused ? `Paused - ${this.missed} new ${this.missed === 1 ? "point" : "points"}` : "Pause";
  }
}
