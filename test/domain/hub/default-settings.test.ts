import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS, RULES, SETTINGS_TEXT } from "../../../src/domain/hub/default-settings.ts";
import { DEFAULT_TAXONOMY, TAXONOMY_TEXT } from "../../../src/domain/hub/default-taxonomy.ts";
import { Settings } from "../../../src/domain/hub/settings.ts";
import { Taxonomy } from "../../../src/domain/hub/taxonomy.ts";
import { parseYaml } from "../../../src/store/decoding/yaml.ts";

describe("the settings of a new hub", () => {
  it("are the defaults of an empty settings file", () => {
    expect(Settings.parse({})).toEqual(DEFAULT_SETTINGS);
  });

  it("are the defaults, and the newest rules, when the written file is read", () => {
    expect(Settings.parse(parseYaml(SETTINGS_TEXT))).toEqual({ ...DEFAULT_SETTINGS, rules: RULES });
  });

  it("show how a duration is written", () => {
    expect(parseYaml(SETTINGS_TEXT)).toMatchObject({
      heartbeat: { alive_after: "15m", offline_after: "24h" },
    });
  });
});

describe("settings", () => {
  it("take the default for each value that is missing", () => {
    expect(Settings.parse({ heartbeat: { throttle: "5m" } })).toEqual({
      ...DEFAULT_SETTINGS,
      heartbeat: { ...DEFAULT_SETTINGS.heartbeat, throttle: 300 },
    });
  });

  it("keep keys of newer versions", () => {
    expect(Settings.parse({ labels: ["a"], heartbeat: { jitter: "1s" } })).toMatchObject({
      labels: ["a"],
      heartbeat: { jitter: "1s" },
    });
  });

  it.each([
    { format: 0 },
    { format: 1.5 },
    { format: "1" },
    { heartbeat: { throttle: 60 } },
    { heartbeat: null },
  ])("are not %j", (value) => {
    expect(Settings.safeParse(value).success).toBe(false);
  });
});

describe("the taxonomy of a new hub", () => {
  it("is the default when the written file is read", () => {
    expect(Taxonomy.parse(parseYaml(TAXONOMY_TEXT))).toEqual(DEFAULT_TAXONOMY);
  });

  it("relates the words that the old tools knew", () => {
    expect(DEFAULT_TAXONOMY.deploy).toContain("devops");
    expect(DEFAULT_TAXONOMY.ui).toEqual(DEFAULT_TAXONOMY.frontend);
  });
});
