import { execFile } from "node:child_process";
import process from "node:process";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Sandbox } from "../support/sandbox.ts";
import { missing } from "../tools/test-tool.ts";
import { type Browser, openBrowser } from "./browser.ts";

const sandbox = new Sandbox();
let browser: Browser | undefined;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await sandbox.close();
});

it("the first steps end with a page of what they did, which goes back to before the request was accepted", async ({
  skip,
}) => {
  if (browser === undefined) return skip(missing({ title: "Chromium" }));
  const script = new URL("../../scripts/quick-start.ts", import.meta.url).pathname;
  const env = { ...process.env, HOME: sandbox.folder("home"), TMPDIR: sandbox.folder("tmp") };
  const run = promisify(execFile)(process.execPath, ["--import", "tsx", script], { env });
  const [, page] = /^Look at it in a browser: (.*)$/m.exec((await run).stdout) ?? [];
  const tab = await browser.newPage();
  await tab.goto(`file://${page}`);
  const shown = async (id: string) => {
    await tab.evaluate("new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50)))");
    return tab.evaluate<string>(`document.getElementById('${id}').textContent`);
  };
  const sessions = await shown("sessions");
  for (const number of [1, 2, 3, 4, 5]) expect(sessions).toContain(`session-${number}-`);
  expect(await shown("requests")).toContain("1 that ended last");
  expect(await shown("events")).toContain("The analytics dashboard is live on port 8005");
  await tab.evaluate("document.getElementById('moment').focus()");
  const moment = () => tab.evaluate<string>("document.querySelector('.moment').textContent");
  for (let steps = 0; steps < 20 && !/asks session-1-dashboard/.test(await moment()); steps++) {
    await tab.keyboard.press("ArrowLeft");
    await shown("requests");
  }
  expect(await moment()).toContain("asks session-1-dashboard: Need a UI");
  expect(await shown("requests")).toContain("pending");
  expect(await shown("events")).not.toContain("8005");
});
