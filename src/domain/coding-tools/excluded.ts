const COMMENT = "# git-hive: settings of one user";

/** A list of what git does not see, with one path more. It is recognised by the comment above it. */
export function withExcluded(text: string, path: string): string {
  if (linesIn(text).includes(path)) return text;
  const gap = text === "" || text.endsWith("\n") ? "" : "\n";
  return `${text}${gap}${COMMENT}\n${path}\n`;
}

/** The same without the path, where it was added here. */
export function withoutExcluded(text: string, path: string): string {
  return text.replace(`${COMMENT}\n${path}\n`, "");
}

function linesIn(text: string): string[] {
  return text.split(/\r?\n/);
}
