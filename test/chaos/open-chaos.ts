import { afterAll, beforeAll, onTestFinished } from "vitest";
import { type HttpHub, openHttpHub } from "../support/http-hub.ts";
import { Sandbox } from "../support/sandbox.ts";
import type { Client } from "./client.ts";
import { buildProgram } from "./program.ts";
import { openScene, type Scene } from "./scene.ts";

/** Bundles the killable program once for a test file; gives its path when the tests run. */
export function useProgram(): () => string {
  const workshop = new Sandbox();
  let program = "";
  beforeAll(async () => {
    program = await buildProgram(workshop);
  });
  afterAll(() => workshop.close());
  return () => program;
}

/** A hub behind HTTP with two sessions, each on a host of its own: the first on `a`, the second on `b`. */
export async function openPair(
  program: string,
  prepare: (sandbox: Sandbox) => void = () => undefined,
): Promise<{
  scene: Scene;
  http: HttpHub;
  first: Client;
  second: Client;
}> {
  const sandbox = new Sandbox();
  onTestFinished(() => sandbox.close());
  prepare(sandbox);
  const http = await openHttpHub(sandbox);
  const scene = await openScene(sandbox, program, http.url(), ["session-1", "session-2"]);
  return { scene, http, first: scene.client("session-1", "a"), second: scene.client("session-2", "b") };
}
