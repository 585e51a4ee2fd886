/** What .NET passes over when it compares, as the runner of GitHub's workflows does: marks and characters of no width. */
const IGNORED = "[\\p{Default_Ignorable_Code_Point}\\p{Cf}\\p{M}]*";
// Made when they are needed: classes of characters take a millisecond, which every command would wait for.
const command = () =>
  new RegExp(`^([\\s\\p{Default_Ignorable_Code_Point}\\p{Cf}\\p{M}]*):(?=${IGNORED}:)`, "gmu");
const oldCommand = () => new RegExp(`(#${IGNORED}#${IGNORED})\\[`, "gu");

/**
 * Text that a workflow may print although others wrote it: a line that the runner would take for a command, as
 * `::error::` at its start or `##[error]` anywhere in it, shows the character that made it one.
 */
export function disarmCommands(text: string): string {
  return text.replaceAll(command(), "$1\\u{3a}").replaceAll(oldCommand(), "$1\\u{5b}");
}

/** The same for a JSON document on one line, of which it stays the same value. */
export function disarmJson(json: string): string {
  return json.replaceAll(oldCommand(), "$1\\u005b");
}
