import { expect, it } from "vitest";
import { commitDate } from "../../../src/store/git/commit-date.ts";
import { NOON } from "../../support/builders.ts";

const commit = (committer: string, message = "Hello") =>
  Buffer.from(`tree ${"1".repeat(40)}\nauthor Ada <a@b> 1 +0000\n${committer}\n\n${message}\n`);

it.each([
  ["in UTC", commit("committer Ada <a@b> 1769860800 +0000"), NOON],
  ["in another zone", commit("committer Ada <a@b> 1769860800 -0730"), NOON],
  ["without a zone", commit("committer Ada <a@b> 1769860800"), NOON],
  ["after what JavaScript can show", commit("committer Ada <a@b> 999999999999999 +0000"), undefined],
  ["before 1970", commit("committer Ada <a@b> -1 +0000"), undefined],
  ["only in the message", commit("encoding x", "committer Ada <a@b> 1769860800 +0000"), undefined],
])("the date of a commit %s is read, or there is none", (_, bytes, at) => {
  expect(commitDate(bytes)).toBe(at);
});
