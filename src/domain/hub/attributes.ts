/** What git calls the way in which we merge generated files; a clone without it merges them as text. */
export const MERGE_DRIVER = "hive";

/** `coordination/.gitattributes`: which files a clone of the hub merges by `hive merge-driver`. */
export const ATTRIBUTES_TEXT = `# Generated files: merged by content in a clone that has joined the hub, so that they never conflict.
/REGISTRY.json merge=${MERGE_DRIVER}
/MESSAGES.md merge=${MERGE_DRIVER}
`;
