import type { Environment } from "../host/environment.ts";

/**
 * The variables of the caller that git does not get, by the reason. A star stands for any ending. Git gets all others,
 * because a user's git may need any of them to reach a hub: a proxy, a program that knows the password, a token that such
 * a program reads.
 */
export const WITHHELD: readonly { readonly because: string; readonly names: readonly string[] }[] = [
  {
    because:
      "it names another repository than ours, or another place for a part of it; git sets it in every hook",
    names: [
      ...["GIT_DIR", "GIT_WORK_TREE", "GIT_IMPLICIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE"],
      ...["GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_QUARANTINE_PATH"],
      ...["GIT_NAMESPACE", "GIT_PREFIX", "GIT_INTERNAL_*", "GIT_SHALLOW_FILE", "GIT_GRAFT_FILE"],
    ],
  },
  {
    because: "it hides the project whose settings are asked for, or the files with the user's settings",
    names: ["GIT_CEILING_DIRECTORIES", "GIT_CONFIG"],
  },
  {
    because: "it changes how a repository is made, or which of its objects and refs count",
    names: [
      ...["GIT_DEFAULT_HASH", "GIT_DEFAULT_REF_FORMAT", "GIT_REF_STORAGE_FORMAT", "GIT_TEMPLATE_DIR"],
      ...["GIT_REPLACE_REF_BASE", "GIT_REF_PARANOIA", "GIT_NOTES_*", "GIT_ALLOW_NULL_SHA1"],
    ],
  },
  {
    because: "it changes what paths mean, or which attributes they have",
    names: ["GIT_*_PATHSPECS", "GIT_ATTR_*"],
  },
  {
    because: "it writes into what git prints, which git-hive reads, or it may print a secret",
    names: [
      ...["GIT_TRACE*", "GIT_CURL_VERBOSE", "GIT_TRANSPORT_HELPER_DEBUG", "GIT_TRANSLOOP_DEBUG"],
      ...["GIT_REDIRECT_*", "GIT_PRINT_SHA1_ELLIPSIS", "GIT_PROGRESS_DELAY", "GIT_ADVICE", "GIT_DIFF_*"],
    ],
  },
  {
    because: "git would keep back what git-hive waits for",
    names: ["GIT_FLUSH"],
  },
  {
    because: "it starts a program that reads or shows a text",
    names: ["GIT_EXTERNAL_DIFF", "GIT_PAGER*", "GIT_EDITOR", "GIT_SEQUENCE_EDITOR", "GIT_MERGE_AUTOEDIT"],
  },
  {
    because: "it says who wrote a commit, and when; git-hive says that itself",
    names: ["GIT_AUTHOR_*", "GIT_COMMITTER_*", "GIT_REFLOG_ACTION"],
  },
  {
    because: "a server of git has set it for the push that it is answering",
    names: ["GIT_PROTOCOL", "GIT_PUSH_*", "GIT_HTTP_EXPORT_ALL", "GIT_PROJECT_ROOT"],
  },
  {
    because: "it is for tests of git itself, or limits git's memory, which git-hive sets where it has to",
    names: ["GIT_TEST_*", "GIT_ALLOC_LIMIT", "GIT_MMAP_LIMIT"],
  },
];

const WITHHELD_NAMES = WITHHELD.flatMap(({ names }) => names.map((name) => name.split("*")));

/** On Windows, a variable has the same name in any case. */
function isWithheld(variable: string): boolean {
  const name = variable.toUpperCase();
  return WITHHELD_NAMES.some(([start = "", end]) =>
    end === undefined
      ? name === start
      : name.length >= start.length + end.length && name.startsWith(start) && name.endsWith(end),
  );
}

/**
 * The environment of every git process: the caller's, without what would change the meaning of our commands. There is
 * never a prompt in a terminal. Messages are in English, because git-hive reads them.
 */
export function gitEnvironment(environment: Environment): Record<string, string> {
  const passed = Object.entries(environment).filter(
    (variable): variable is [string, string] =>
      // No process can be given a variable with a NUL.
      variable[1] !== undefined && !isWithheld(variable[0]) && !variable[1].includes("\0"),
  );
  return {
    ...Object.fromEntries(passed),
    LC_ALL: "C",
    GIT_TERMINAL_PROMPT: "0",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_NO_REPLACE_OBJECTS: "1",
    // The user's settings may send these to stderr too, and no setting of ours would undo that.
    GIT_TRACE2: "0",
    GIT_TRACE2_EVENT: "0",
    GIT_TRACE2_PERF: "0",
  };
}
