import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import process from "node:process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Browser, openBrowser } from "../dashboard/browser.ts";
import { missing } from "../tools/test-tool.ts";
import { difference, hasFonts, SHOTS, TOLERANCE, take } from "./shots.ts";

const FOLDER = new URL("../../docs/pictures/", import.meta.url);
/** `npm run pictures` makes the pictures anew. */
const isMaking = process.env.PICTURES === "make";

let browser: Browser | undefined;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

describe("the pictures of the dashboard", () => {
  for (const shot of SHOTS)
    it(`${shot.name} is what the page looks like`, async ({ skip }) => {
      if (browser === undefined) return skip(missing({ title: "Chromium" }));
      const tab = await browser.newPage();
      if (!(await hasFonts(tab))) return skip("the pictures were made with other fonts");
      const file = new URL(`${shot.name}.png`, FOLDER);
      const now = await take(browser, shot);
      if (isMaking) {
        mkdirSync(FOLDER, { recursive: true });
        writeFileSync(file, now);
      }
      expect(existsSync(file)).toBe(true);
      expect(await difference(tab, readFileSync(file), now)).toBeLessThan(TOLERANCE);
      await tab.close();
    });

  it("are told apart where something is missing", async ({ skip }) => {
    if (browser === undefined) return skip(missing({ title: "Chromium" }));
    const [light] = SHOTS;
    if (light === undefined) throw new Error("there is no picture");
    const [whole, less] = [await take(browser, light), await take(browser, { ...light, past: undefined })];
    const tab = await browser.newPage();
    expect(await difference(tab, whole, less)).toBeGreaterThan(TOLERANCE);
    await tab.close();
  });
});
