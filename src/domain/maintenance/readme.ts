/** `coordination/README.md`, for people who open a hub's folder. */
export const HUB_README = `# This folder is a git-hive hub

Coding sessions coordinate here. Each operation is one commit, so \`git log\` is the history.

| path | what it holds | written by |
|---|---|---|
| \`hive.yaml\` | settings: format version, thresholds, deadlines | people |
| \`taxonomy.yaml\` | keyword -> specializations, for finding help | people |
| \`REGISTRY.json\` | index of the sessions | generated from \`SESSIONS/\` |
| \`SESSIONS/<id>.json\` | a session's profile | that session |
| \`HEARTBEATS/<id>.json\` | its last heartbeat, while it is alive | that session |
| \`ACTIVE/COLLABORATIONS/<id>.json\` | a request for help and its history | requester and addressee |
| \`ACTIVE/CLAIMS/<key>.json\` | a lease on work or files, and its end | its holder; any session once it has lapsed |
| \`MESSAGES/YYYY/MM/DD/<id>.md\` | one message | its sender |
| \`MESSAGES.md\` | the newest messages | generated from \`MESSAGES/\` |
| \`ARCHIVE/\` | ended requests, and originals of imported files | git-hive |
| \`.gitattributes\` | makes Git merge the generated files with git-hive | generated |
| \`schema/\` | JSON Schemas of the files above | generated |

Read it with \`hive sync\`, \`hive inbox\` and \`hive log\`, or with plain Git. Write with \`hive\`. A file edited by hand is
read too; a file that does not parse is reported, never dropped. \`hive validate\` lists all errors.
`;

/** `.github/workflows/README.md`: keeps the folder in Git, and explains that it may stay empty. */
export const WORKFLOWS_README = `# Workflows of this hub

GitHub runs the workflows in this folder. git-hive works without them: every reader computes which sessions are
alive, and every writer checks the rules before it commits.
`;
