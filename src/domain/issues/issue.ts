import type { Instant } from "../values/instant.ts";
import { type Mark, readMark } from "./mark.ts";

/** An issue of the hub's repository on GitHub, with the fields that posting needs. */
export interface Issue {
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly body: string;
  readonly isOpen: boolean;
  readonly createdAt: Instant;
  /** Written by a bot or a member of the repository. Marks of other users do not count. */
  readonly isTrusted: boolean;
}

/** The mark of an issue that git-hive posted; undefined for any other issue. */
export function markOf({ isTrusted, body }: Pick<Issue, "isTrusted" | "body">): Mark | undefined {
  return isTrusted ? readMark(body) : undefined;
}

/** The author of an issue or comment, as GitHub describes the user. */
export interface IssueAuthor {
  readonly type?: string | undefined;
  readonly association?: string | undefined;
}

export function isTrusted({ type, association = "" }: IssueAuthor): boolean {
  return type === "Bot" || ["OWNER", "MEMBER", "COLLABORATOR"].includes(association);
}
