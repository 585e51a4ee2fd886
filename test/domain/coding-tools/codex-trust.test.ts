import { expect, it } from "vitest";
import { codexTrust } from "../../../src/domain/coding-tools/codex-trust.ts";

const ASKED = { roots: ["/p", "/real/p"], hooksFiles: ["/p/.codex/hooks.json"], count: 2 };
const PROJECT = '[projects."/p"]\ntrust_level = "trusted"\n';
const hook = (event: string) =>
  `[hooks.state."/p/.codex/hooks.json:${event}:0:0"]\nenabled = true\ntrusted_hash = "sha256:ab"\n`;

it.each([
  ["nothing", "", { project: false, hooks: "none", isOff: false }],
  ["a trusted project", PROJECT, { project: true, hooks: "none" }],
  ["another spelling", "[ projects.'/real/p' ] # mine\r\ntrust_level='trusted'\r\n", { project: true }],
  ["a project that is not trusted", '[projects."/p"]\ntrust_level = "untrusted"\n', { project: false }],
  ["another project", '[projects."/p/q"]\ntrust_level = "trusted"\n', { project: false }],
  [
    "trust of the next table",
    `[projects."/p"]\n[projects."/q"]\ntrust_level = "trusted"\n`,
    { project: false },
  ],
  ["all hooks trusted", PROJECT + hook("stop") + hook("session_start"), { project: true, hooks: "all" }],
  ["one hook trusted", hook("stop"), { project: false, hooks: "some" }],
  ["hooks of another file", hook("stop").replace("/p/", "/q/"), { hooks: "none" }],
  ["a hook that is known and not trusted", hook("stop").replace(/trusted_hash.*\n/, ""), { hooks: "none" }],
  ["hooks turned off", "[features]\nhooks = false\n", { isOff: true }],
  ["hooks turned off by their former name", "[features]\ncodex_hooks = false\n", { isOff: true }],
  ["what is no TOML", "[[[\n]]]\ntrusted", { project: false, hooks: "none", isOff: false }],
])("in Codex's configuration is read: %s", (_, config, trust) => {
  expect(codexTrust(config, ASKED)).toMatchObject(trust);
});
