import { Client, InMemoryTransport } from "@modelcontextprotocol/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type * as z from "../../src/domain/values/z.ts";
import { Connections } from "../../src/mcp/connections.ts";
import { buildServer } from "../../src/mcp/server.ts";
import { TOOLS } from "../../src/mcp/tools.ts";
import { Sandbox } from "../support/sandbox.ts";
import { tokensOf } from "../support/tokens.ts";

const sandbox = new Sandbox();
const client = new Client({ name: "test", version: "1.0.0" });
let tools: Awaited<ReturnType<Client["listTools"]>>["tools"] = [];

beforeAll(async () => {
  const [one, other] = InMemoryTransport.createLinkedPair();
  await Promise.all([
    buildServer(new Connections(sandbox.world(), {}), "1.0.0").connect(one),
    client.connect(other),
  ]);
  ({ tools } = await client.listTools());
});
afterAll(async () => {
  await client.close();
  await sandbox.close();
});

/** All objects in a value. */
function objectsIn(value: unknown): object[] {
  if (typeof value !== "object" || value === null) return [];
  return [value, ...Object.values(value).flatMap(objectsIn)];
}

const parametersOf = (schema: { properties?: object | undefined }) => Object.entries(schema.properties ?? {});

describe("the list of tools", () => {
  it("has at most nine tools in at most 700 tokens, and instructions of at most 2 KB", () => {
    expect(tools.length).toBeLessThanOrEqual(9);
    expect(tokensOf(JSON.stringify(tools))).toBeLessThanOrEqual(700);
    expect((client.getInstructions() ?? "").length).toBeLessThan(2048);
    for (const { name } of tools) expect(client.getInstructions()).toMatch(new RegExp(`\\b${name}\\b`));
  });

  it("describes each tool and each listed parameter, and gives its type", () => {
    for (const { description, inputSchema } of tools) {
      expect(description).toMatch(/^[A-Z][^.]*\.( Also: [^.]*\.)?$/);
      for (const parameter of parametersOf(inputSchema))
        expect(parameter[1]).toMatchObject({
          type: expect.any(String),
          description: expect.stringMatching(/\w/),
        });
    }
  });

  it("names each parameter: listed, behind Also, or in the refusal that asks for it", () => {
    for (const { name, input } of TOOLS) {
      const { description = "", inputSchema } = tools.find((tool) => tool.name === name) ?? {};
      const listed = parametersOf(inputSchema ?? {}).map(([parameter]) => parameter);
      const [, also = ""] = description.split(" Also: ");
      const unlisted = Object.keys((input as z.ZodMiniObject).shape).filter((key) => !listed.includes(key));
      for (const key of unlisted) if (key !== "force") expect(also).toMatch(new RegExp(`\\b${key}\\b`));
      const named = also.replaceAll(/\([^)]*\)|\blists\b/g, "").match(/\w+/g) ?? [];
      expect(unlisted).toEqual(expect.arrayContaining(named));
      expect(listed).toContain("as");
    }
  });

  it("says of no whole number that it may be any number", () => {
    for (const object of objectsIn(tools)) expect(object).not.toMatchObject({ type: "number" });
  });

  it("describes the arguments of the prompt", async () => {
    const { prompts } = await client.listPrompts();
    expect(prompts.map((prompt) => prompt.arguments?.map(({ name }) => name))).toEqual([["to", "request"]]);
    for (const { arguments: given = [] } of prompts)
      for (const { description } of given) expect(description).toMatch(/\w/);
  });
});
