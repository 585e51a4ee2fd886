import matter from "gray-matter";
import { parse, YAMLError } from "yaml";
import { checkYaml } from "../check-yaml.ts";
import { checkKeys } from "./scan.ts";
import { Unreadable } from "./unreadable.ts";

/** YAML of the core schema, plain data only. Throws Unreadable. */
export function parseYaml(text: string): unknown {
  checkYaml(text);
  const value = readYaml(text);
  checkKeys(value);
  return value ?? {};
}

function readYaml(text: string): unknown {
  try {
    return parse(text, { schema: "core", maxAliasCount: 0, logLevel: "error" });
  } catch (error) {
    if (!(error instanceof YAMLError)) throw new Unreadable("yaml", "not plain YAML");
    const [reason = "not valid YAML"] = error.message.split("\n");
    throw new Unreadable("yaml", reason.replace(/ at line .*$/, ""), error.pos[0]);
  }
}

/** gray-matter would run front matter marked as JavaScript; every language but YAML is refused. */
const ENGINES = {
  // The line feed after the fence is not the header's: places are counted from what comes after it.
  yaml: { parse: (text: string) => Object(parseYaml(text.replace(/^\n/, ""))) as object },
  ...Object.fromEntries(
    ["javascript", "json", "coffee", "toml"].map((name) => [name, { parse: refuseLanguage }]),
  ),
};

function refuseLanguage(): never {
  throw new Unreadable("front-matter", "front matter is YAML between lines of ---");
}

/**
 * Front matter: gray-matter gets the header alone, and an options object, which turns its shared cache off.
 * Throws Unreadable.
 */
export function parseHeader(header: string): Record<string, unknown> {
  return matter(`---\n${header}\n---\n`, { language: "yaml", engines: ENGINES }).data;
}
