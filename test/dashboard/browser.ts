import { readFileSync } from "node:fs";
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
  const { args, executablePath } = chromium.default as Chromium;
  return (puppeteer.default as Launcher).launch({
    executablePath: await executablePath.call(chromium.default),
    args: [...args],
    headless: "shell",
  });
}

/** What judges a page's accessibility; undefined where the registry did not give it. */
export function readAxe(): string | undefined {
  const file = install("axe");
  return file === undefined ? undefined : readFileSync(file, "utf8");
}
