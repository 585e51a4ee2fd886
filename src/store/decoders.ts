import type * as z from "zod/mini";
import { type Decoded, decodeFile, parseJson } from "./decode.ts";
import { parseMessage } from "./front-matter.ts";
import type { FilePart } from "./sources.ts";

type Decode = (path: string, bytes: Uint8Array) => Promise<Decoded<unknown>>;

/** How a file of each part is decoded; a schema is loaded when there is a file that was not decoded before. */
export const DECODERS: { readonly [P in FilePart]: Decode } = {
  settings: decoder(parseYaml, async () => (await import("../domain/settings.ts")).Settings),
  taxonomy: decoder(parseYaml, async () => (await import("../domain/taxonomy.ts")).Taxonomy),
  registry: decoder(parseJson, async () => (await import("../domain/session.ts")).Registry),
  sessions: decoder(parseJson, async () => (await import("../domain/session.ts")).Profile, "id"),
  heartbeats: decoder(parseJson, async () => (await import("../domain/session.ts")).Heartbeat, "session_id"),
  collaborations: decoder(
    parseJson,
    async () => (await import("../domain/collaboration.ts")).Collaboration,
    "request_id",
  ),
  messages: decoder(parseMessage, async () => (await import("../domain/message.ts")).Message, "id"),
};

async function parseYaml(text: string): Promise<unknown> {
  return (await import("./yaml.ts")).parseYaml(text);
}

function decoder<Value>(
  parse: (text: string) => unknown,
  load: () => Promise<z.ZodMiniType<Value>>,
  idKey?: keyof Value & string,
): Decode {
  return async (path, bytes) => {
    const decoded = await decodeFile(path, bytes, parse, await load());
    return idKey === undefined ? decoded : checkName(path, decoded, idKey);
  };
}

/** A file is found by its name, so its name must be its id. */
function checkName<Value>(
  path: string,
  decoded: Decoded<Value>,
  idKey: keyof Value & string,
): Decoded<Value> {
  if ("finding" in decoded) return decoded;
  const name = path.slice(path.lastIndexOf("/") + 1, path.lastIndexOf("."));
  const id = decoded.value[idKey];
  if (id === name) return decoded;
  const message = `${idKey} is ${JSON.stringify(id)}, but the file is named ${name}`;
  return { finding: { path, line: 1, column: 1, rule: "id-is-name", message } };
}
