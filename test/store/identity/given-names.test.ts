import fc from "fast-check";
import { expect, it } from "vitest";
import { Host } from "../../../src/store/host/state-directory.ts";
import { GivenNames } from "../../../src/store/identity/given-names.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { sessionId } from "../../support/hub-with.ts";

const named = (key: string) => ({ name: key, address: key });
const HUB = "https://example.org/hub.git";
const NOW = Date.parse("2026-01-31T12:00:00Z");
const ONE = { session: sessionId("session-1"), registration: undefined };

function open(hub = HUB) {
  const sandbox = openSandbox();
  const host = new Host({ HIVE_STATE_DIR: sandbox.folder("state") }, "");
  return {
    names: new GivenNames(host, named(hub)),
    other: (key: string) => new GivenNames(host, named(key)),
  };
}

it("a name belongs to one session of a tool in one hub, until it is removed", () => {
  const { names, other } = open();
  names.give("A=1", ONE);
  expect(names.find("A=1")).toEqual(ONE);
  expect([names.find("A=2"), other("/other/hub").find("A=1")]).toEqual([undefined, undefined]);
  names.forget("A=1");
  expect(names.find("A=1")).toBeUndefined();
});

it("two different texts are never the same session, whatever characters they have", () => {
  const { names } = open();
  const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 400 });
  fc.assert(
    fc.property(text, text, (one, two) => {
      fc.pre(one.toWellFormed() !== two.toWellFormed());
      names.forget(two);
      names.give(one, ONE);
      return names.find(two) === undefined && names.find(one)?.session === ONE.session;
    }),
    { numRuns: 200 },
  );
});

it("a name is reserved once", () => {
  const { names } = open();
  expect([names.reserve(ONE.session), names.reserve(ONE.session)]).toEqual([true, false]);
  expect(names.reserved()).toEqual(["session-1"]);
});

it("the conversation after a cleared one keeps its name", () => {
  const { names } = open();
  names.give("A=1", ONE);
  names.leave("A=1", "/project", ONE, NOW);
  expect(names.find("A=1")).toBeUndefined();
  expect(names.takeLeft("/other", NOW)).toBeUndefined();
  expect(names.takeLeft("/project", NOW + 1000)).toEqual(ONE);
  expect(names.takeLeft("/project", NOW + 1000)).toBeUndefined();
});

it("a name is not kept when it was left long ago or together with another", () => {
  const { names } = open();
  names.leave("A=1", "/project", ONE, NOW);
  expect(names.takeLeft("/project", NOW + 60_000)).toBeUndefined();
  names.leave("A=2", "/project", { ...ONE, session: sessionId("session-2") }, NOW);
  expect(names.takeLeft("/project", NOW)).toBeUndefined();
});
