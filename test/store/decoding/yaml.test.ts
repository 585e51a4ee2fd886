import process from "node:process";
import { describe, expect, it } from "vitest";
import { parseYaml } from "../../../src/store/decoding/yaml.ts";

describe("YAML", () => {
  it("is read with as many words as a large taxonomy has", () => {
    const skills = Array.from({ length: 12 }, (_, index) => `skill-${index}`);
    const lines = Array.from({ length: 1000 }, (_, index) => `keyword-${index}: [${skills.join(", ")}]`);
    expect(Object.values(parseYaml(lines.join("\n")) as object)).toEqual(lines.map(() => skills));
  });

  it.each([
    ["brackets that open", "[".repeat(1_000_000), "depth"],
    ["brackets after brackets that close nothing", `${"]".repeat(20)}${"[".repeat(1_000_000)}`, "depth"],
    ["keys in keys", '{"a":'.repeat(200_000), "depth"],
    ["lists in lists", `${"- ".repeat(500_000)}x`, "size"],
    ["keys that are asked for", `${"? ".repeat(500_000)}x`, "size"],
    ["items", `[${"1,".repeat(500_000)}]`, "size"],
    ["pairs", `{${"a: b,".repeat(200_000)}}`, "size"],
  ])("of a megabyte of %s is refused before it fills the memory", (_, text, rule) => {
    const before = process.memoryUsage().rss;
    expect(() => parseYaml(text)).toThrow(expect.objectContaining({ rule }));
    expect(process.memoryUsage().rss - before).toBeLessThan(250 * 2 ** 20);
  });
});
