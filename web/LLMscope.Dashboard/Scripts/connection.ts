import { HubConnectionBuilder, HubConnectionState, LogLevel, type HubConnection } from "@microsoft/signalr";

const longestPause = 15_000;

/** The one live connection of a page. Pages work without it, only not live. */
export class LiveConnection {
  private readonly hub: HubConnection;
  private readonly streams: (() => void)[] = [];
  private readonly listeners: ((isLive: boolean) => void)[] = [];

  constructor() {
    this.hub = new HubConnectionBuilder()
      .withUrl("/hubs/live")
      .withAutomaticReconnect({ nextRetryDelayInMilliseconds: (retry) => Math.min(1000 * 2 ** retry.previousRetryCount, longestPause) })
      .configureLogging(LogLevel.None)
      .build();
    this.hub.onreconnecting(() => this.tell(false));
    this.hub.onclose(() => this.tell(false));
    this.hub.onreconnected(() => this.connected());
  }

  get isLive(): boolean {
    return this.hub.state === HubConnectionState.Connected;
  }

  onChange(listener: (isLive: boolean) => void): void {
    this.listeners.push(listener);
    listener(this.isLive);
  }

  /** Follows a stream, again after every interruption. `parameters` is asked each time, so a stream can continue where it was. */
  follow<T>(method: string, parameters: () => unknown[], take: (item: T) => void): { restart: () => void } {
    let stream: { dispose: () => void } | undefined;
    let again: number | undefined;
    const start = () => {
      clearTimeout(again);
      stream?.dispose();
      stream = undefined;
      if (!this.isLive) return;
      const retry = () => (again = window.setTimeout(start, 2000));
      stream = this.hub.stream<T>(method, ...parameters()).subscribe({ next: take, complete: retry, error: retry });
    };
    this.streams.push(start);
    start();
    return { restart: start };
  }

  async start(pause = 1000): Promise<void> {
    try {
      await this.hub.start();
      this.connected();
    } catch (fault) {
      if (!(fault instanceof Error)) throw fault;
      this.tell(false);
      setTimeout(() => void this.start(Math.min(pause * 2, longestPause)), pause);
    }
  }

  private connected(): void {
    this.tell(true);
    for (const start of this.streams) start();
  }

  private tell(isLive: boolean): void {
    for (const listener of this.listeners) listener(isLive);
  }
}

/** Says in the header whether news arrive. */
export function showConnection(connection: LiveConnection): void {
  const shown = document.querySelector<HTMLElement>(".connection");
  if (!shown) return;
  shown.hidden = false;
  let hasTried = false;
  connection.onChange((isLive) => {
    shown.dataset["connection"] = isLive ? "live" : "off";
    shown.querySelector(".word")!.textContent = isLive ? "live" : hasTried ? "disconnected" : "connecting";
    hasTried = true;
  });
}
