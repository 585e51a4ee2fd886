// This is a file of its own because it loads the YAML library, which only a finding in YAML needs.
import { isMap, isScalar, parseDocument } from "yaml";

/** Returns the offset of a key of plain YAML, or of the last key on the path to it that exists. */
export function yamlOffsets(text: string): (key: readonly PropertyKey[]) => number {
  const { contents } = parseDocument(text, { schema: "core", logLevel: "error" });
  return (key) => {
    let node: unknown = contents;
    let offset = 0;
    for (const name of key) {
      if (!isMap(node)) break;
      const pair = node.items.find(
        ({ key: found }) => isScalar(found) && String(found.value) === String(name),
      );
      if (!pair || !isScalar(pair.key)) break;
      offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    }
    return offset;
  };
}
