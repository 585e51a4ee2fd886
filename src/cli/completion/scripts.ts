/** For each shell, a script that asks the program for the candidates at the cursor. It never evaluates text of other sessions. */
export const SCRIPTS = {
  bash: `# hive completion for bash: eval "$(hive completion bash)"
_hive_candidates() {
  local value
  COMPREPLY=()
  while IFS=$'\\t' read -r value _; do
    COMPREPLY+=("$value")
  done < <(hive completion candidates -- "$@" 2>/dev/null)
}
_hive() { _hive_candidates "\${COMP_WORDS[@]:1:COMP_CWORD}"; }
# Called by git's own completion for git hive.
_git_hive() { _hive_candidates "\${words[@]:2:cword-1}"; }
complete -o default -F _hive hive git-hive
`,
  zsh: `#compdef hive git-hive
# hive completion for zsh: source <(hive completion zsh), or save it as _hive in a folder of $fpath
_hive() {
  local -a candidates
  local line
  for line in "\${(@f)$(hive completion candidates -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -n $line ]] && candidates+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done
  if (( $#candidates )); then _describe hive candidates; else _files; fi
}
# Called by the completion of git for git hive.
_git-hive() { _hive; }
if [[ $funcstack[1] == _hive ]]; then _hive "$@"; else compdef _hive hive git-hive; fi
`,
  fish: `# hive completion for fish: hive completion fish | source
function __hive_candidates
  set -l given (commandline -opc)
  set -l current (commandline -ct)
  set -l found (hive completion candidates -- $given[2..-1] "$current" 2>/dev/null)
  if test (count $found) -gt 0
    printf '%s\\n' $found
  else
    __fish_complete_path "$current"
  end
end
complete -c hive -f -a '(__hive_candidates)'
complete -c git-hive -f -a '(__hive_candidates)'
`,
} as const;

export type Shell = keyof typeof SCRIPTS;

export function isShell(text: string): text is Shell {
  return Object.hasOwn(SCRIPTS, text);
}
