import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findHelp } from "../../../src/domain/search/find-help.ts";
import { aHeartbeat, aProfile, aState, NOON } from "../../support/builders.ts";

const AN_HOUR_AGO = "2026-01-31T11:00:00Z";
const A_WEEK_AGO = "2026-01-24T12:00:00Z";

/** A hive as the tools that git-hive replaces left it: tags in either list or in both. */
const HIVE = aState({
  sessions: [
    aProfile({ id: "session-1-dashboard", specialization: ["react", "ui", "visualization"] }),
    aProfile({
      id: "session-2-architect",
      specialization: ["architecture", "coordination", "memory-systems"],
    }),
    aProfile({
      id: "session-4-deployment",
      role: "Deployment Automation & Infrastructure",
      specialization: ["deployment", "devops", "automation", "security"],
    }),
    aProfile({
      id: "session-5-orchestration",
      specialization: ["orchestration", "ai-agents", "crewai"],
      capabilities_offered: ["multi-service-deployment", "Strategic analysis and decision making"],
      current_work: "Analytics deployment",
    }),
    aProfile({
      id: "session-1763229251",
      capabilities_offered: ["general-purpose", "build", "debug", "deploy"],
    }),
  ],
  heartbeats: [
    aHeartbeat({ session_id: "session-1-dashboard" }),
    aHeartbeat({ session_id: "session-2-architect", last_heartbeat: AN_HOUR_AGO }),
    aHeartbeat({ session_id: "session-5-orchestration", capabilities_offered: ["React Native apps"] }),
  ],
});

describe("finding sessions that offer a capability", () => {
  it.each([
    [
      "by a specialization, not by a longer tag or by what the taxonomy starts from",
      "deployment",
      ["session-4-deployment"],
    ],
    [
      "by an offer, then by what the taxonomy relates to it",
      "deploy",
      ["session-1763229251", "session-4-deployment"],
    ],
    ["whatever the case", "CrewAI", ["session-5-orchestration"]],
    ["by a word of a tag of several words", "analysis", ["session-5-orchestration"]],
    ["by what a heartbeat offers", "react native", ["session-5-orchestration"]],
    ["by a tag of several words, written with hyphens", "react-native", ["session-5-orchestration"]],
    ["by a hyphenated tag, written with spaces", "ai agents", ["session-5-orchestration"]],
    ["not by part of a hyphenated tag", "memory systems design", []],
    ["not by part of a word", "act", []],
    ["nobody for an empty text", " ", []],
    ["nobody for what nobody offers", "plumbing", []],
  ])("finds %s", async (_, capability, expected) => {
    const { matches } = await findHelp(HIVE, capability, NOON);
    const tagged = matches.filter(({ matched }) => !matched.every((reason) => reason.startsWith("text: ")));
    expect(tagged.map(({ id }) => id)).toEqual(expected);
  });

  it("lists the matching tags, tags that name the capability first", async () => {
    expect((await findHelp(HIVE, "deployment", NOON)).matches).toEqual([
      {
        id: "session-4-deployment",
        away: null,
        name: "Session One",
        role: "Deployment Automation & Infrastructure",
        status: "active",
        presence: "offline",
        matched: ["deployment", "devops", "automation"],
      },
    ]);
  });

  it("searches the text of the profiles if no tag matches, and says so", async () => {
    const state = aState({
      sessions: [aProfile({ id: "aa", role: "Writes documentation" }), aProfile({ id: "bb" })],
    });
    const { matches } = await findHelp(state, "documentation", NOON);
    expect(matches.map(({ id, matched }) => [id, matched])).toEqual([["aa", ["text: role"]]]);
  });

  it("lists alive sessions first, and at equal presence named tags before related ones", async () => {
    const at = (session_id: string, last_heartbeat: string) => aHeartbeat({ session_id, last_heartbeat });
    const state = aState({
      sessions: ["aa", "bb", "cc", "dd", "ee"].map((id) =>
        aProfile({ id, specialization: id < "cc" ? ["react"] : ["ui"], updated_at: A_WEEK_AGO }),
      ),
      heartbeats: [
        at("aa", NOON),
        at("bb", AN_HOUR_AGO),
        at("cc", A_WEEK_AGO),
        at("dd", AN_HOUR_AGO),
        at("ee", NOON),
      ],
    });
    expect(
      (await findHelp(state, "ui", NOON)).matches.map(({ id, presence }) => `${id} ${presence}`),
    ).toEqual(["ee alive", "aa alive", "dd stale", "bb stale", "cc offline"]);
  });

  it("takes the status from the heartbeat if it is newer than the profile", async () => {
    const state = aState({
      sessions: [aProfile({ id: "aa", specialization: ["sql"], status: "active", updated_at: A_WEEK_AGO })],
      heartbeats: [aHeartbeat({ session_id: "aa", status: "paused" })],
    });
    expect((await findHelp(state, "sql", NOON)).matches[0]?.status).toBe("paused");
  });

  it("lists available sessions before away ones at equal presence, and says until when", async () => {
    const state = aState({
      sessions: [
        aProfile({ id: "aa", specialization: ["sql"], availability: { hours: "Mon-Fri 9-17 UTC" } }),
        aProfile({ id: "bb", specialization: ["sql"] }),
        aProfile({ id: "cc", specialization: ["sql"] }),
      ],
      heartbeats: [aHeartbeat({ session_id: "aa" }), aHeartbeat({ session_id: "bb" })],
    });
    expect((await findHelp(state, "sql", NOON)).matches.map(({ id, away }) => [id, away])).toEqual([
      ["bb", null],
      ["aa", { until: "2026-02-02T09:00:00Z", reason: "away until Mon 09:00 UTC" }],
      ["cc", null],
    ]);
  });

  it("finds a session by each of its own tags, for any tags", async () => {
    const tag = fc
      .string({ unit: "binary", minLength: 1, maxLength: 30 })
      .filter((text) => text.trim() !== "");
    await fc.assert(
      fc.asyncProperty(tag, async (text) => {
        const state = aState({ sessions: [aProfile({ id: "aa", specialization: [text] })] });
        expect((await findHelp(state, text, NOON)).matches.map(({ id }) => id)).toEqual(["aa"]);
      }),
    );
  });
});
