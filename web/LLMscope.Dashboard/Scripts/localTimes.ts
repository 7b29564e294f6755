const local = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "long" });

/** Gives every time on the page its local time as a tooltip, once it is looked at. */
export function startLocalTimes(): void {
  document.addEventListener("pointerover", (event) => {
    const time = event.target instanceof Element ? event.target.closest("time") : null;
    if (time && !time.title) time.title = localTime(time.dateTime);
  });
}

/** A time as its tooltip says it. */
export const localTime = (time: string): string => `${local.format(new Date(time))} (your time)`;

/** A time as the pages write it. */
export const utc = (time: string): string => `${time.slice(0, 10)} ${time.slice(11, 19)} UTC`;
