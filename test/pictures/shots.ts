import { fillPage } from "../../src/dashboard/fill-page.ts";
import type { Dashboard } from "../../src/domain/dashboard/dashboard.ts";
import type { PackedPast } from "../../src/domain/dashboard/past.ts";
import type { Browser, Tab } from "../dashboard/browser.ts";
import { aDay, aShortStory, dashboardOf, pack } from "../dashboard/scenes.ts";
import { NOON } from "../support/builders.ts";

/** One picture of the page: a state, in a window of a size, in a scheme of colors. */
export interface Shot {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly scheme: "light" | "dark";
  state(): Dashboard;
  readonly past?: (() => PackedPast) | undefined;
}

/** Another page may be taken for the same picture where no more than this share of its surface differs. */
export const TOLERANCE = 0.01;

/** How wide two texts are in the fonts of the machine on which the pictures were made, in pixels. */
const FONTS = "225.6 216.7";

/** Whether a browser has the fonts with which the pictures were made. */
export async function hasFonts(tab: Tab): Promise<boolean> {
  const widths = await tab.evaluate<string>(`(() => {
    const context = new OffscreenCanvas(1, 1).getContext("2d");
    return ["14px system-ui", "12px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace"].map((font) => {
      context.font = font;
      return context.measureText("Waits for a person: 0123456789").width.toFixed(1);
    }).join(" ");
  })()`);
  return widths === FONTS;
}

const HUB = "git@github.com:team/hub.git";
const day = () => ({ ...aDay(), hub: HUB });
const past = () => pack(aShortStory());

/** The first two are the picture on the first screen of the README. */
export const SHOTS: readonly Shot[] = [
  { name: "dashboard-light", width: 1200, height: 860, scheme: "light", state: day, past },
  { name: "dashboard-dark", width: 1200, height: 860, scheme: "dark", state: day, past },
  { name: "dashboard-phone", width: 390, height: 844, scheme: "light", state: day },
  { name: "dashboard-empty", width: 900, height: 640, scheme: "dark", state: () => dashboardOf({}) },
];

/** A minute after the state: the page's clock stands, so that its ages are the same in every picture. */
const CLOCK = `{
  const now = ${Date.parse(NOON) + 40_000};
  const Real = Date;
  globalThis.Date = class extends Real {
    constructor(...parts) { super(...(parts.length === 0 ? [now] : parts)); }
    static now() { return now; }
  };
}`;

/** Takes a picture of the page; the PNG. */
export async function take(browser: Browser, { width, height, scheme, state, past }: Shot): Promise<Buffer> {
  const tab = await browser.newPage();
  try {
    await tab.evaluateOnNewDocument(CLOCK);
    await tab.emulateTimezone("UTC");
    await tab.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await tab.setViewport({ width, height });
    const page = fillPage(state(), { past: past?.() });
    await tab.goto(`data:text/html;base64,${Buffer.from(page).toString("base64")}`);
    await tab.evaluate("new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50)))");
    return Buffer.from(await tab.screenshot({ type: "png" }));
  } finally {
    await tab.close();
  }
}

/** The side of the squares of which pictures are compared, so that another edge of a letter makes no difference. */
const SQUARE = 8;

/** The most by which the color of a square may differ, of 255. */
const SHADE = 24;

/**
 * The share of a picture's surface that looks otherwise in another one; 1 where their sizes differ. A browser reads both,
 * because it knows PNG.
 */
export async function difference(tab: Tab, one: Buffer, other: Buffer): Promise<number> {
  const urls = [one, other].map((png) => `data:image/png;base64,${png.toString("base64")}`);
  return tab.evaluate<number>(`(async () => {
    const pixels = async (url) => {
      const image = new Image();
      image.src = url;
      await image.decode();
      const [width, height] = [Math.ceil(image.width / ${SQUARE}), Math.ceil(image.height / ${SQUARE})];
      const context = new OffscreenCanvas(width, height).getContext("2d");
      context.imageSmoothingQuality = "high";
      context.drawImage(image, 0, 0, width, height);
      return { size: image.width + "x" + image.height, data: context.getImageData(0, 0, width, height).data };
    };
    const [a, b] = await Promise.all(${JSON.stringify(urls)}.map(pixels));
    if (a.size !== b.size) return 1;
    let different = 0;
    for (let at = 0; at < a.data.length; at += 4)
      if ([0, 1, 2].some((color) => Math.abs(a.data[at + color] - b.data[at + color]) > ${SHADE})) different++;
    return different / (a.data.length / 4);
  })()`);
}
