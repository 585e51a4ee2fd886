import { onTestFinished } from "vitest";
import { Sandbox } from "./sandbox.ts";

/** A sandbox for one test, gone when the test has finished. Benchmarks make a `Sandbox` and close it themselves. */
export function openSandbox(): Sandbox {
  const sandbox = new Sandbox();
  onTestFinished(() => sandbox.close());
  return sandbox;
}
