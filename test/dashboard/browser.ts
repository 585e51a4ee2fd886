import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { install } from "../tools/install.ts";

/** What of a browser's page the tests use. */
export interface Tab {
  goto(url: string): Promise<unknown>;
  on(event: string, listener: (what: never) => void): unknown;
  setViewport(size: { width: number; height: number }): Promise<void>;
  emulateMediaFeatures(features: readonly { name: string; value: string }[]): Promise<void>;
  evaluate<Value>(code: string): Promise<Value>;
  click(selector: string): Promise<void>;
  keyboard: { press(key: string): Promise<void>; type(text: string): Promise<void> };
  screenshot(options: { type: "png" }): Promise<Uint8Array>;
  emulateTimezone(zone: string): Promise<void>;
  evaluateOnNewDocument(code: string): Promise<unknown>;
  close(): Promise<void>;
}

export interface Browser {
  newPage(): Promise<Tab>;
  close(): Promise<void>;
}

interface Launcher {
  launch(options: object): Promise<Browser>;
}

interface Chromium {
  readonly args: readonly string[];
  executablePath(): Promise<string>;
}

let unpacked: Promise<string> | undefined;

/**
 * Unpacks the browser once for this process, in a folder of its own: two processes that unpack it to the same place would
 * start what the other one is writing.
 */
function unpack(chromium: Chromium): Promise<string> {
  unpacked ??= (async () => {
    const [folder, before] = [mkdtempSync(join(tmpdir(), "chromium-")), process.env.TMPDIR];
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
    process.env.TMPDIR = folder;
    try {
      return await chromium.executablePath();
    } finally {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
    }
  })();
  return unpacked;
}

/** Starts a headless Chromium; undefined where none can be had, as elsewhere than on Linux on x64. */
export async function openBrowser(): Promise<Browser | undefined> {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  const files = [install("chromium"), install("puppeteer")];
  const [chromium, puppeteer] = await Promise.all(
    files.map((file) =>
      file === undefined ? undefined : import(/* @vite-ignore */ pathToFileURL(file).href),
    ),
  );
  if (chromium === undefined || puppeteer === undefined) return undefined;
  const { args } = chromium.default as Chromium;
  return (puppeteer.default as Launcher).launch({
    executablePath: await unpack(chromium.default as Chromium),
    args: [...args],
    headless: "shell",
  });
}

/** What judges a page's accessibility; undefined where the registry did not give it. */
export function readAxe(): string | undefined {
  const file = install("axe");
  return file === undefined ? undefined : readFileSync(file, "utf8");
}
