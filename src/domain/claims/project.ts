/** Most characters of a project's name. */
export const MAX_PROJECT_LENGTH = 100;

/**
 * The project's name: the last name in the address of the repository's remote, or in the path of its folder. So
 * clones, forks and worktrees are one project, wherever they are.
 */
export function projectName(location: string): string {
  const names = location.toWellFormed().split(/[\\/]/).map(withoutEnding);
  const name = names
    .findLast((each) => each !== "")
    ?.split(":")
    .at(-1);
  const characters = [...(name ?? "").toLowerCase().normalize("NFC")].slice(0, MAX_PROJECT_LENGTH / 2);
  const shown = characters.join("").replaceAll(/[\p{Cc}\u2028\u2029]/gu, "-");
  return shown.trim() || "project";
}

function withoutEnding(name: string): string {
  let rest = name.trimEnd();
  while (rest.slice(-4).toLowerCase() === ".git") rest = rest.slice(0, -4).trimEnd();
  return rest;
}
