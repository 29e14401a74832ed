import type { Page } from "@playwright/test";

/**
 * A page's measurements since it was opened. Times in ms; `longestTaskMs` is 0 if no task took 50 ms, the browser's
 * threshold.
 */
export type PageRecord = { longestTaskMs: number; layoutShift: number; firstPaintMs: number };

type Probe = {
  longTasks: number[];
  layoutShift: number;
  keys: number[];
  frames: { gaps: number[]; isRecording: boolean };
  isDrawn(selector: string): boolean;
  countElements(): number;
  /** Resolves to the time at which the first frame with the element was painted. */
  painted(selector: string): Promise<number>;
};

declare global {
  interface Window {
    probe: Probe;
  }
}

/** Records tasks, shifts and key presses of a page from its start. Elements in shadow roots are found too. */
export async function installProbe(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const roots = (from: Document | ShadowRoot): (Document | ShadowRoot)[] => [
      from,
      ...[...from.querySelectorAll("diffs-container")].flatMap(({ shadowRoot }) =>
        shadowRoot === null ? [] : roots(shadowRoot),
      ),
    ];
    const probe: Probe = {
      longTasks: [],
      layoutShift: 0,
      keys: [],
      frames: { gaps: [], isRecording: false },
      isDrawn: (selector) => roots(document).some((root) => root.querySelector(selector) !== null),
      countElements: () => roots(document).reduce((sum, root) => sum + root.querySelectorAll("*").length, 0),
      painted: (selector) =>
        new Promise((resolve) => {
          const look = () => {
            if (!probe.isDrawn(selector)) return void requestAnimationFrame(look);
            // A message posted before a paint is received after it.
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => resolve(performance.now());
            port2.postMessage(null);
          };
          requestAnimationFrame(look);
        }),
    };
    window.probe = probe;
    const observe = (type: string, onEntry: (entry: PerformanceEntry) => void, options: object = {}) =>
      new PerformanceObserver((list) => list.getEntries().forEach(onEntry)).observe({
        type,
        buffered: true,
        ...options,
      });
    observe("longtask", ({ duration }) => probe.longTasks.push(duration));
    observe("layout-shift", (entry) => {
      const shift = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
      if (!shift.hadRecentInput) probe.layoutShift += shift.value;
    });
    observe("event", ({ name, duration }) => name === "keydown" && probe.keys.push(duration), {
      durationThreshold: 16,
    });
    let last = performance.now();
    const frame = (now: number) => {
      if (probe.frames.isRecording) probe.frames.gaps.push(now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}

export async function readRecord(page: Page): Promise<PageRecord> {
  return page.evaluate(() => ({
    longestTaskMs: Math.max(0, ...window.probe.longTasks),
    layoutShift: window.probe.layoutShift,
    firstPaintMs: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
  }));
}
