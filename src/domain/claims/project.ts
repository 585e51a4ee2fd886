/** Characters of a project's name. */
export const LONGEST_PROJECT = 100;

/**
 * What the repository is called whose files are claimed, by the address of its remote or by its folder: the last name
 * in it, so that clones, forks and work trees are one project wherever they lie.
 */
export function projectName(place: string): string {
  const name = place
    .toWellFormed()
    .replace(/(?:[\\/\s]|\.git)+$/i, "")
    .split(/[\\/:]/)
    .at(-1);
  const characters = [...(name ?? "").toLowerCase().normalize("NFC")].slice(0, LONGEST_PROJECT / 2);
  const shown = characters.join("").replaceAll(/[\p{Cc}\u2028\u2029]/gu, "-");
  return shown.trim() || "project";
}
