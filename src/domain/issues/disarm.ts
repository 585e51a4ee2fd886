// Both ignore what .NET, and so the runner of GitHub's workflows, ignores in comparisons: marks and characters without
// width. They are compiled only when needed: the character classes take a millisecond, and every command would pay.
const command = () =>
  /^([\t\v\f\ufeff\p{Zs}\p{Default_Ignorable_Code_Point}\p{Cf}\p{M}]*):(?=[\p{Default_Ignorable_Code_Point}\p{Cf}\p{M}]*:)/gmu;
const oldCommand = () =>
  /(#[\p{Default_Ignorable_Code_Point}\p{Cf}\p{M}]*#[\p{Default_Ignorable_Code_Point}\p{Cf}\p{M}]*)\[/gu;

/**
 * Makes foreign text safe for a workflow to print. A line that the runner would take for a command, such as
 * `::error::` at the start or `##[error]` anywhere, shows the decisive character as an escape.
 */
export function disarmCommands(text: string): string {
  return text.replaceAll(command(), "$1\\u{3a}").replaceAll(oldCommand(), "$1\\u{5b}");
}

/** The same for a JSON document on one line. The value of the document stays the same. */
export function disarmJson(json: string): string {
  return json.replaceAll(oldCommand(), "$1\\u005b");
}
