import { isSessionId } from "../values/session-id.ts";

/** What to write instead of a text that is no session's id: the id that it may be meant as, else the form of one. */
export function hintForName(text: string): string {
  if (text === "all") return 'all means every session. To tell all of them: hive broadcast "<text>"';
  const names = text
    .toLowerCase()
    .split(",")
    .map((word) => word.trim().replace(/^@/, ""));
  if (!names.every(isSessionId))
    return "A session id has 2 to 64 lower-case letters, digits and single hyphens, and is no reserved word. Example: session-1-dashboard";
  const [name = "", ...more] = names;
  return more.length > 0
    ? `Name one session a call: ${names.slice(0, 5).join(", then ")}.`
    : `Session ids are in lower case, without @. Did you mean ${name}?`;
}
