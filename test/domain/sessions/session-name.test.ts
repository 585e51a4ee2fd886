import fc from "fast-check";
import { expect, it } from "vitest";
import { nextSessionName } from "../../../src/domain/sessions/session-name.ts";
import { isSessionId } from "../../../src/domain/values/session-id.ts";

it("a new name has a number one above the highest in use", () => {
  expect(nextSessionName([], "react")).toBe("session-1-react");
  expect(nextSessionName(["session-2-api", "ada", "session-7", "session-x"], "go")).toBe("session-8-go");
});

it.each([
  ["C++ & friends!", "session-1-c-friends"],
  ["", "session-1"],
  ["日本語", "session-1"],
  ["a".repeat(80), `session-1-${"a".repeat(24)}`],
])("the specialty %j makes %s", (specialty, name) => {
  expect(nextSessionName([], specialty)).toBe(name);
});

it("a new name is always a valid id, and never in use", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(500)), fc.string(), (numbers, specialty) => {
      const taken = numbers.map((number) => nextSessionName([`session-${number}`], specialty));
      const name = nextSessionName(taken, specialty);
      return isSessionId(name) && !taken.includes(name);
    }),
  );
});
