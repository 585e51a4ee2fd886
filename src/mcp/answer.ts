import { framedObject } from "../domain/values/framed.ts";
import { makeVisible } from "../domain/values/visible.ts";
import { HiveError, RefusedError } from "../errors.ts";

/** The answer of a call: one object for programs, and the same as text for models. An error has the text only. */
export interface ToolAnswer {
  [key: string]: unknown;
  readonly content: { type: "text"; text: string }[];
  readonly structuredContent?: Record<string, unknown>;
  readonly isError?: boolean;
}

export function answer(value: object): ToolAnswer {
  const structuredContent = visible(value) as Record<string, unknown>;
  return { content: textOf(structuredContent), structuredContent };
}

/**
 * Returns a failed answer for the model: a stable code, what happened, and what to do next. All but errors in the call
 * may quote others. Clients of the first SDK refuse an error as an object, because it has not the form of the results.
 */
export function failure(error: unknown): ToolAnswer {
  const described = { error: describe(error) };
  const value = described.error.code === "usage" ? described : framedObject(described);
  return { content: textOf(visible(value)), isError: true };
}

function textOf(value: unknown): ToolAnswer["content"] {
  return [{ type: "text", text: JSON.stringify(value) }];
}

function describe(error: unknown): { code: string; message: string; hint: string } {
  const known = error instanceof RefusedError ? error.refusal : error;
  if (error instanceof RefusedError || error instanceof HiveError) {
    const { code, message, hint } = known as HiveError;
    return { code, message, hint: hintHere(code) ?? hint };
  }
  const issue = firstIssue(error);
  if (issue !== undefined) return { code: "usage", message: `${issue}.`, hint: "See the tool's schema." };
  return { code: "bug", message: `git-hive failed: ${String(error)}`, hint: "Please report it." };
}

/** The next step where the server does not know who acts. A server has no options and no shell. */
function hintHere(code: string): string | undefined {
  if (code !== "no_identity" && code !== "ambiguous_identity") return undefined;
  return 'Name your session in the argument "as". sync lists the sessions; a shell registers one: hive register <session>';
}

/** Returns the first issue of a schema's error; undefined for another error. */
function firstIssue(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("issues" in error) || !Array.isArray(error.issues)) return undefined;
  const issue: { path?: unknown[]; message?: string } = error.issues[0] ?? {};
  const where = issue.path?.length ? `${issue.path.join(".")}: ` : "";
  return `${where}${issue.message ?? "the input is not valid"}`;
}

/** Returns the value with every text made visible: characters that control a terminal or deceive a reader are escaped. */
function visible(value: unknown): unknown {
  if (typeof value === "string") return makeVisible(value);
  if (Array.isArray(value)) return value.map(visible);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined && inner !== null)
      .map(([key, inner]) => [makeVisible(key), visible(inner)]),
  );
}
