import { describe, expect, it } from "vitest";
import { decide } from "../../../../src/domain/decide.ts";
import { follow, mute } from "../../../../src/domain/messages/operations/attention.ts";
import { Profile } from "../../../../src/domain/sessions/session.ts";
import { aHeartbeat, aMessage, anOperation, aProfile, aState, changeOf } from "../../../support/builders.ts";

const FIRST = "01KG9M2V0000000000000000AA";
const REPLY = "01KG9M2W0000000000000000BB";
const MESSAGES = [
  aMessage({ id: FIRST, from: "session-2" }),
  aMessage({ id: REPLY, from: "session-2", thread: FIRST, reply_to: FIRST }),
];
const RULES = { follow, mute };

function attempt(kind: keyof typeof RULES, target: string, profile: object = {}, off = false) {
  const sessions = [aProfile(profile), aProfile({ id: "session-2" })];
  return decide(RULES[kind], aState({ sessions, messages: MESSAGES }), anOperation({ target, off }));
}

describe("following and muting", () => {
  it.each([
    ["follow", "deploy", { follows: ["#deploy"] }],
    ["follow", "#session-2", { follows: ["#session-2"] }],
    ["follow", REPLY.slice(0, 10).toLowerCase(), { follows: [FIRST] }],
    ["mute", "#deploy", { mutes: ["#deploy"] }],
    ["mute", "session-2", { mutes: ["session-2"] }],
    ["mute", FIRST, { mutes: [FIRST] }],
  ] as const)("%s %s is kept in the profile", (kind, target, lists) => {
    const { paths, json } = changeOf(attempt(kind, target));
    expect(paths).toEqual(["HEARTBEATS/session-1.json", "REGISTRY.json", "SESSIONS/session-1.json"]);
    expect(Profile.parse(json("SESSIONS/session-1.json"))).toMatchObject(lists);
  });

  it("never include the same target at once: the latest command wins", () => {
    const { result } = changeOf(attempt("mute", "deploy", { follows: ["#deploy", "#ui"] }));
    expect(result).toMatchObject({ follows: ["#ui"], mutes: ["#deploy"] });
    const back = changeOf(attempt("follow", "deploy", { mutes: ["#deploy"] }));
    expect(back.result).toMatchObject({ follows: ["#deploy"], mutes: [] });
  });

  it("are undone for one target, and keep the others", () => {
    const { result, subject } = changeOf(attempt("follow", "deploy", { follows: ["#deploy", "#ui"] }, true));
    expect(result.follows).toEqual(["#ui"]);
    expect(subject).toBe("follow session-1: #deploy no longer");
  });

  it("make an expired session active again", () => {
    const gone = aProfile({ status: "offline", updated_at: "2026-01-30T12:00:00Z" });
    const state = aState({ sessions: [gone], heartbeats: [aHeartbeat()] });
    const { json } = changeOf(decide(follow, state, anOperation({ target: "#deploy", off: false })));
    expect(json("SESSIONS/session-1.json")).toMatchObject({ status: "active", follows: ["#deploy"] });
  });

  it("write nothing where nothing changes", () => {
    expect(attempt("follow", "deploy", { follows: ["#deploy"] }).kind).toBe("nothing");
    expect(attempt("mute", "deploy", {}, true).kind).toBe("nothing");
  });

  it.each([
    ["follow", "session-2", "not_a_topic"],
    ["mute", "session-1", "same_session"],
    ["follow", "01KG9M2Z00", "unknown_message"],
    ["mute", "collab-1769860800-k3f9", "unknown_message"],
  ] as const)("%s %s is refused: %s", (kind, target, code) => {
    expect(attempt(kind, target)).toMatchObject({ kind: "refusal", code });
  });

  it("are refused when the list is full, unless the target is in it", () => {
    const follows = Array.from({ length: 256 }, (_, n) => `#topic-${n}`);
    expect(attempt("follow", "one-more", { follows })).toMatchObject({ kind: "refusal", code: "too_many" });
    expect(attempt("follow", "topic-3", { follows }).kind).toBe("nothing");
    expect(attempt("follow", "topic-3", { follows }, true).kind).toBe("change");
  });
});
