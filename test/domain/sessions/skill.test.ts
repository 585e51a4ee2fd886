import { describe, expect, it } from "vitest";
import { findHelp } from "../../../src/domain/search/find-help.ts";
import { match } from "../../../src/domain/search/match.ts";
import { sync } from "../../../src/domain/sessions/overview.ts";
import { foldSkill, offersSkill } from "../../../src/domain/sessions/skill.ts";
import { aHeartbeat, aProfile, aState, NOON } from "../../support/builders.ts";

const AN_HOUR_AGO = "2026-01-31T11:00:00Z";
const AN_HOUR_AHEAD = "2026-01-31T13:00:00Z";

describe("a skill", () => {
  it.each([
    ["case", "React Native", "react native"],
    ["extra white space", "  react \u00a0\t native ", "react native"],
    ["the encoding of accents", "cafe\u0301", "caf\u00e9"],
  ])("is the same skill regardless of %s", (_, one, other) => {
    expect(foldSkill(one)).toBe(foldSkill(other));
  });

  it("is another skill with other words or hyphens", () => {
    expect(new Set(["react native", "react-native", "react"].map(foldSkill)).size).toBe(3);
  });
});

describe("an offer with an end", () => {
  const tags = ["Kafka", "sql"];
  const hive = (until: string) =>
    aState({
      sessions: [
        aProfile({
          specialization: tags,
          capabilities_offered: tags,
          offers: [{ skill: "kafka", since: AN_HOUR_AGO, until }],
        }),
      ],
      heartbeats: [aHeartbeat({ capabilities_offered: tags })],
    });

  it.each([
    ["is not shown after its end", AN_HOUR_AGO, ["sql"]],
    ["ends at that instant", NOON, ["sql"]],
    ["is shown before its end", AN_HOUR_AHEAD, tags],
  ])("%s", async (_, until, expected) => {
    const state = hive(until);
    const found = await findHelp(state, "kafka", NOON);
    expect(found.matches.map(({ matched }) => matched)).toEqual(expected === tags ? [["Kafka"]] : []);
    expect(match(state, "Set up kafka", NOON).matches).toHaveLength(expected === tags ? 1 : 0);
    const [profile = aProfile()] = state.sessions.values();
    expect(offersSkill(profile, "KAFKA", NOON)).toBe(expected === tags);
    expect(sync(state, NOON).sessions[0]?.specialization).toEqual(expected);
  });
});
