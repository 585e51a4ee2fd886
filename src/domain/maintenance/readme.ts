/** `coordination/README.md`: for people who open a hub by hand. */
export const HUB_README = `# This folder is a git-hive hub

Coding sessions coordinate here: each act is one commit, so \`git log\` is the record of what happened.

| path | what it holds | who writes it |
|---|---|---|
| \`hive.yaml\` | settings: format version, thresholds, deadlines | people |
| \`taxonomy.yaml\` | keyword -> specializations, for finding help | people |
| \`REGISTRY.json\` | index of the sessions | generated from \`SESSIONS/\` |
| \`SESSIONS/<id>.json\` | a session's profile | that session |
| \`HEARTBEATS/<id>.json\` | its last sign of life, while there is one | that session |
| \`ACTIVE/COLLABORATIONS/<id>.json\` | a request for help and its history | requester and addressee |
| \`ACTIVE/CLAIMS/<key>.json\` | a lease on work or files, and until when | its holder; free to all once it lapsed |
| \`MESSAGES/YYYY/MM/DD/<id>.md\` | one message | its sender |
| \`MESSAGES.md\` | the newest messages | generated from \`MESSAGES/\` |
| \`ARCHIVE/\` | what has ended, and originals of what was imported | git-hive |
| \`.gitattributes\` | that Git merges the generated files by git-hive | generated |
| \`schema/\` | JSON Schemas of the files above | generated |

Read it with \`hive sync\`, \`hive inbox\` and \`hive log\`, or with plain Git. Write with \`hive\`: a file edited by
hand is read as it is, and one that does not parse is reported, never dropped. \`hive validate\` says all that is wrong.
`;

/** `.github/workflows/README.md`: keeps the folder, and says that it may stay empty. */
export const WORKFLOWS_README = `# Workflows of this hub

GitHub runs the workflows in this folder. git-hive needs none of them to work: every reader computes for itself
who is alive, and every writer checks the rules before it commits.
`;
