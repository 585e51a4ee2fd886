import { describe, expect, it, onTestFinished } from "vitest";
import { COMMANDS } from "../../src/cli/table.ts";
import { openSandbox } from "../support/git-sandbox.ts";
import { FIXTURES } from "./fixtures.ts";
import { HarmedHub } from "./hub.ts";
import { commandRuns, hookRuns, type Run } from "./runs.ts";
import { faultsOf, type Outcome, Scene } from "./scene.ts";

/** `npm run hostile` runs everything; here each hub meets a few calls, and all hubs together every kind of reading. */
const CALLS = ["inbox --json", "validate --json", "sync", "broadcast Hello urgent --json"];

const END: Outcome = {
  code: 0,
  signal: null,
  out: "{}\n",
  err: "",
  seconds: 1,
  megabytes: 50,
  cpuSeconds: 1,
};
const CALL: Run = { argv: ["sync", "--json"], prints: "json" };

describe("a hostile hub", () => {
  it.each(Object.keys(FIXTURES))("of %s crashes no command and no hook", async (fixture) => {
    const scene = await Scene.open(fixture);
    onTestFinished(() => scene.close());
    const runs = commandRuns(scene.hub).filter(({ argv }) => CALLS.includes(argv.join(" ")));
    expect(runs).toHaveLength(CALLS.length);
    const prompt = (_: HarmedHub, directory: string) => hookRuns(directory)[1] ?? CALL;
    for (const make of [...runs.map((run) => () => run), prompt]) {
      const outcome = await scene.run(make, "path");
      const run = make(scene.hub, "");
      expect({ call: run.argv, faults: faultsOf(run, outcome) }).toEqual({ call: run.argv, faults: [] });
    }
  });

  it("meets every command that the program has", async () => {
    const hub = await HarmedHub.open(openSandbox());
    const words = [...commandRuns(hub), ...hookRuns("")].map(({ argv }) => argv[0] ?? "");
    expect(Object.keys(COMMANDS).filter((name) => !words.includes(name))).toEqual([]);
  });
});

describe("the look at a call", () => {
  it("finds nothing wrong with a refusal", () => {
    const err = '{"error":{"code":"refused","message":"No","hint":"Ask"}}\n';
    expect(faultsOf(CALL, { ...END, code: 3, out: "", err })).toEqual([]);
  });

  it.each<[string, Partial<Outcome>]>([
    ["a signal", { code: null, signal: "SIGABRT", out: "" }],
    ["an unknown exit code", { code: 134, out: "" }],
    ["a stack trace", { code: 1, out: "", err: "Error: x\n    at main (/x/main.cjs:1:1)\n" }],
    ["output that is not JSON", { out: "{" }],
    ["success that prints nothing", { out: "" }],
    ["an escape sequence", { out: '"\u001b[2J"\n' }],
  ])("finds %s", (_, over) => {
    expect(faultsOf(CALL, { ...END, ...over })).not.toEqual([]);
  });
});
