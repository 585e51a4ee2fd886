import type { Instant } from "../values/instant.ts";
import { type Mark, readMark } from "./mark.ts";

/** An issue of the hub's repository on GitHub, as far as posting needs to know it. */
export interface Issue {
  readonly number: number;
  readonly url: string;
  readonly body: string;
  readonly isOpen: boolean;
  readonly createdAt: Instant;
  /** Written by a bot or by somebody who belongs to the repository: a stranger's marks count for nothing. */
  readonly isTrusted: boolean;
}

/** What an issue is about, where git-hive posted it. */
export function markOf({ isTrusted, body }: Pick<Issue, "isTrusted" | "body">): Mark | undefined {
  return isTrusted ? readMark(body) : undefined;
}

/** Who made an issue or a comment, as GitHub tells it. */
export interface Author {
  readonly type?: string | undefined;
  readonly association?: string | undefined;
}

export function isTrusted({ type, association = "" }: Author): boolean {
  return type === "Bot" || ["OWNER", "MEMBER", "COLLABORATOR"].includes(association);
}
