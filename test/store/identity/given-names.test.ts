import fc from "fast-check";
import { expect, it } from "vitest";
import { Host } from "../../../src/store/host/state-directory.ts";
import { GivenNames } from "../../../src/store/identity/given-names.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { sessionId } from "../../support/hub-with.ts";

const named = (key: string) => ({ name: key, address: key });
const HUB = "https://example.org/hub.git";
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

it("a name is of one session at a time: the former owner has none", () => {
  const { names } = open();
  names.give("A=1", ONE);
  names.choose("A=2", ONE.session);
  expect([names.find("A=1"), names.find("A=2")?.session]).toEqual([undefined, "session-1"]);
  expect(names.ownerOf(ONE.session)).toBe("A=2");
});

it("a session has one name: the one that it had is told to be gone", () => {
  const { names } = open();
  names.choose("A=1", ONE.session);
  names.choose("A=1", sessionId("session-2"));
  expect(names.find("A=1")).toMatchObject({ session: "session-2", instead: ONE });
  names.choose("A=1", ONE.session);
  expect(names.find("A=1")).toMatchObject({ session: "session-1", instead: { session: "session-2" } });
});

it("a name moves to one conversation that continues another, and to no second one", () => {
  const { names } = open();
  names.give("A=1", ONE);
  names.move("A=1", "A=2");
  names.move("A=1", "A=3");
  expect(["A=1", "A=2", "A=3"].map((tool) => names.find(tool))).toEqual([undefined, ONE, undefined]);
  expect(names.ownerOf(ONE.session)).toBe("A=2");
});
