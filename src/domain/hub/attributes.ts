/** The name of the Git merge driver for generated files; a clone without the driver merges them as text. */
export const MERGE_DRIVER = "hive";

/** `coordination/.gitattributes`: the files that a clone of the hub merges with `hive merge-driver`. */
export const ATTRIBUTES_TEXT = `# Generated files: merged by content in a clone that has joined the hub, so that they never conflict.
/REGISTRY.json merge=${MERGE_DRIVER}
/MESSAGES.md merge=${MERGE_DRIVER}
/RETIRED.json merge=${MERGE_DRIVER}
`;
