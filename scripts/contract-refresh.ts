import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/* Cuts the parts that git-hive uses out of GitHub's OpenAPI description. To update, change the version: npm run contract:refresh */

const SOURCE = "@octokit/openapi@23.0.2";
const TARGET = new URL("../test/support/github/openapi.json", import.meta.url).pathname;

const OPERATIONS: Readonly<Record<string, readonly string[]>> = {
  "/repos/{owner}/{repo}/issues": ["get", "post"],
  "/repos/{owner}/{repo}/issues/{issue_number}": ["patch"],
  "/repos/{owner}/{repo}/issues/{issue_number}/comments": ["get", "post"],
  "/repos/{owner}/{repo}/issues/comments/{comment_id}/reactions": ["post"],
  "/repos/{owner}/{repo}/assignees/{assignee}": ["get"],
  "/repos/{owner}/{repo}/pages": ["get"],
  "/repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs": ["get"],
  "/orgs/{org}/teams/{team_slug}": ["get"],
};

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

/** Keywords with text for people, which is nine tenths of the description. */
const SKIPPED_KEYWORDS = new Set(["description", "example", "examples", "externalDocs", "summary", "tags"]);

/** Fetches the description and deletes the package, because it is 385 MB. */
function fetchDescription(): JsonObject {
  const directory = mkdtempSync(join(tmpdir(), "hive-openapi-"));
  try {
    execFileSync("npm", ["pack", SOURCE, "--silent", "--pack-destination", directory]);
    const tarball = join(directory, `octokit-openapi-${SOURCE.split("@").at(-1)}.tgz`);
    execFileSync("tar", ["xzf", tarball, "-C", directory, "package/generated/api.github.com.json"]);
    return JSON.parse(readFileSync(join(directory, "package/generated/api.github.com.json"), "utf8"));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Removes text for people, and converts OpenAPI's `nullable` to JSON Schema. `isNames`: the keys are names, not keywords, as in `properties`. */
function trim(value: Json, isNames = false): Json {
  if (Array.isArray(value)) return value.map((each) => trim(each));
  if (value === null || typeof value !== "object") return value;
  const kept = Object.entries(value)
    .filter(([key]) => isNames || !(SKIPPED_KEYWORDS.has(key) || key.startsWith("x-")))
    .map(([key, inner]) => [key, trim(inner, !isNames && key === "properties")] as const);
  const { nullable, ...schema } = Object.fromEntries(kept);
  if (nullable === undefined || isNames) return Object.fromEntries(kept);
  return nullable === true ? { anyOf: [schema, { type: "null" }] } : schema;
}

function refsIn(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(refsIn);
  if (value === null || typeof value !== "object") return [];
  const own = typeof value.$ref === "string" ? [value.$ref] : [];
  return [...own, ...Object.values(value).flatMap(refsIn)];
}

function at(root: JsonObject, pointer: string): Json {
  return pointer
    .slice(2)
    .split("/")
    .reduce<Json>((value, key) => (value as JsonObject | null)?.[key] ?? null, root);
}

function put(root: JsonObject, pointer: string, value: Json): void {
  const keys = pointer.slice(2).split("/");
  const last = keys.pop() ?? "";
  let inner = root;
  for (const key of keys) {
    inner[key] ??= {};
    inner = inner[key] as JsonObject;
  }
  inner[last] = value;
}

function slice(source: JsonObject): JsonObject {
  const paths = source.paths as { [path: string]: JsonObject };
  const kept: JsonObject = {
    $comment: `Cut from ${SOURCE} (MIT, GitHub's own OpenAPI description) by scripts/contract-refresh.ts: do not edit.`,
    openapi: source.openapi ?? "",
    paths: {},
    components: {},
  };
  for (const [path, methods] of Object.entries(OPERATIONS))
    (kept.paths as JsonObject)[path] = Object.fromEntries(
      methods.map((method) => [method, trim(paths[path]?.[method] ?? null)]),
    );
  const open = refsIn(kept.paths ?? {});
  for (let ref = open.pop(); ref !== undefined; ref = open.pop()) {
    if (at(kept, ref) !== null) continue;
    const found = trim(at(source, ref));
    put(kept, ref, found);
    open.push(...refsIn(found));
  }
  return kept;
}

writeFileSync(TARGET, `${JSON.stringify(slice(fetchDescription()))}\n`);
