import { makeVisible } from "../domain/values/visible.ts";
import { HiveError, RefusedError } from "../errors.ts";

/** What a call answers: one object, for programs and once more as text for models. */
export interface ToolAnswer {
  [key: string]: unknown;
  readonly content: { type: "text"; text: string }[];
  readonly structuredContent: Record<string, unknown>;
  readonly isError?: boolean;
}

export function answer(value: object): ToolAnswer {
  const structuredContent = visible(value) as Record<string, unknown>;
  return { content: [{ type: "text", text: JSON.stringify(structuredContent) }], structuredContent };
}

/** What could not be done, for the model to act on: a stable code, what happened, what to do next. */
export function failure(error: unknown): ToolAnswer {
  return { ...answer({ error: describe(error) }), isError: true };
}

function describe(error: unknown): { code: string; message: string; hint: string } {
  const known = error instanceof RefusedError ? error.refusal : error;
  if (error instanceof RefusedError || error instanceof HiveError) {
    const { code, message, hint } = known as HiveError;
    return { code, message, hint };
  }
  const issue = firstIssue(error);
  if (issue !== undefined) return { code: "usage", message: `${issue}.`, hint: "See the tool's schema." };
  return { code: "bug", message: `git-hive failed: ${String(error)}`, hint: "Please report it." };
}

/** What a schema found wrong; its errors carry their issues. */
function firstIssue(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("issues" in error) || !Array.isArray(error.issues)) return undefined;
  const issue: { path?: unknown[]; message?: string } = error.issues[0] ?? {};
  const where = issue.path?.length ? `${issue.path.join(".")}: ` : "";
  return `${where}${issue.message ?? "the input is not valid"}`;
}

/** The same value with every text made visible: what steers a terminal or deceives a reader is written out. */
function visible(value: unknown): unknown {
  if (typeof value === "string") return makeVisible(value);
  if (Array.isArray(value)) return value.map(visible);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([key, inner]) => [makeVisible(key), visible(inner)]),
  );
}
