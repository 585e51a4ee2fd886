import { type Fields, fieldsOf, textIn, type UserQuestion } from "./event.ts";

/** The arguments of a tool that say what it does, the one that says most first. */
const TELLING = ["command", "cmd", "file_path", "filePath", "path", "url", "query", "pattern", "prompt"];

/** The question behind a tool's use that needs a permission: what it wants to run, or what a tool that asks the user asks. */
export function permissionFor(tool: string, input: unknown): UserQuestion {
  const fields = fieldsOf(input);
  const asked = listedQuestion(fields.questions);
  if (asked !== undefined) return { ...asked, tool };
  const command = [fields.command ?? fields.cmd].flat().filter((part) => typeof part === "string");
  const what = command.length > 0 ? command.join(" ") : textIn(fields, ...TELLING);
  const text = `May it use ${tool || "a tool"}?${what === undefined ? "" : ` ${what}`}`;
  return { about: "permission", text, options: [], tool };
}

/** The first question of a list that the session shows its user, with its options. */
export function listedQuestion(questions: unknown): Omit<UserQuestion, "tool"> | undefined {
  const [first] = Array.isArray(questions) ? questions : [];
  const { question, options } = fieldsOf(first);
  if (typeof question !== "string") return undefined;
  const labels = (Array.isArray(options) ? options : []).flatMap((each) =>
    typeof each === "string" ? [each] : (textIn(fieldsOf(each), "label") ?? []),
  );
  return { about: "answer", text: question, options: labels };
}

/** The kinds of notifications that say that a session waits for its user, in the words of the tools. */
const NOTIFICATIONS: Readonly<Record<string, UserQuestion["about"]>> = {
  permission_prompt: "permission",
  ToolPermission: "permission",
  elicitation_dialog: "answer",
  idle_prompt: "prompt",
};

/** The question behind a notification; undefined for a notification of something else. */
export function notifiedQuestion(fields: Fields): UserQuestion | undefined {
  const kind = textIn(fields, "notification_type", "notificationType") ?? "";
  const about = Object.hasOwn(NOTIFICATIONS, kind) ? NOTIFICATIONS[kind] : undefined;
  if (about === undefined) return undefined;
  const { command, filePath } = fieldsOf(fields.details);
  const detail = [command, filePath].find((each) => typeof each === "string");
  const message = textIn(fields, "message") ?? "";
  return { about, text: detail === undefined ? message : `${message}: ${detail}`, options: [], tool: "" };
}

/** A question in words, where its own may not be told. */
export function plainQuestion({ about, tool }: Pick<UserQuestion, "about" | "tool">): string {
  if (about === "prompt") return "It waits for the next prompt.";
  if (about === "answer") return "It asks something in its tool.";
  return /^[\w.:-]{1,60}$/.test(tool) ? `May it use ${tool}?` : "May it use a tool?";
}
