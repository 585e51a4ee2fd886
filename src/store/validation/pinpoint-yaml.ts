// By itself, for it brings the YAML library along, and only a finding in YAML needs it.
import { isMap, isScalar, parseDocument } from "yaml";

/** Where a key of plain YAML stands, or the last one on the way to it that does. */
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
