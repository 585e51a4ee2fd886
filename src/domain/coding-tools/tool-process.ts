/** A process that this process descends from. */
export interface Ancestor {
  readonly pid: number;
  /** Its start. A number alone is soon given to another process. Empty where the system does not tell. */
  readonly start: string;
  readonly command: string;
}

/** A command line that does nothing but call a hook: the shell, the shim or the script by which a tool runs it. */
const HOOK_CALL =
  /\shook +(?:claude|codex|gemini|cursor|copilot|opencode)(?: \w+)?(?:[ ;}"'&]|\|\| true|exit(?: \/b)? 0)*$/;

const SHELL = /^(?:\S*\/)?-?(?:ba|da|a|z|k|fi)?sh(?:\s|$)/;

/**
 * The processes between a hook and its tool, nearest first; the last one is the tool. Processes that only call the hook
 * end with it, so they are not the tool. A shell's copy of itself, which runs a part of a command, counts with the shell.
 */
export function toolProcesses(ancestors: readonly Ancestor[]): Ancestor[] {
  let index = ancestors.findIndex(({ command }) => !HOOK_CALL.test(command));
  const first = Math.max(index, 0);
  if (index < 0) return [];
  while (isCopy(ancestors[index], ancestors[index + 1])) index++;
  return ancestors.slice(first, index + 1);
}

function isCopy(shell: Ancestor | undefined, parent: Ancestor | undefined): boolean {
  return parent !== undefined && shell?.command === parent.command && SHELL.test(parent.command);
}
