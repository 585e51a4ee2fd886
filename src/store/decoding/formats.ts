import type * as z from "zod/mini";
import type { FilePart } from "../../domain/snapshot.ts";
import { type Decoded, decodeFile, parseJson } from "./decode.ts";
import { parseMessage } from "./front-matter.ts";

/**
 * How the text of a file becomes a value, and the key that must equal its file name. A schema is loaded when it is
 * needed.
 */
interface FileFormat {
  readonly parse: (text: string) => unknown;
  readonly load: () => Promise<z.ZodMiniType<unknown>>;
  readonly idKey?: string;
}

const REQUEST: FileFormat = {
  parse: parseJson,
  load: async () => (await import("../../domain/requests/collaboration.ts")).Collaboration,
  idKey: "request_id",
};

export const FORMATS: { readonly [P in FilePart]: FileFormat } = {
  settings: { parse: parseYaml, load: async () => (await import("../../domain/hub/settings.ts")).Settings },
  taxonomy: { parse: parseYaml, load: async () => (await import("../../domain/hub/taxonomy.ts")).Taxonomy },
  registry: {
    parse: parseJson,
    load: async () => (await import("../../domain/sessions/session.ts")).Registry,
  },
  retired: {
    parse: parseJson,
    load: async () => (await import("../../domain/sessions/session.ts")).Retired,
  },
  sessions: {
    parse: parseJson,
    load: async () => (await import("../../domain/sessions/session.ts")).Profile,
    idKey: "id",
  },
  heartbeats: {
    parse: parseJson,
    load: async () => (await import("../../domain/sessions/session.ts")).Heartbeat,
    idKey: "session_id",
  },
  collaborations: REQUEST,
  archived: REQUEST,
  archivedLately: REQUEST,
  claims: {
    parse: parseJson,
    load: async () => (await import("../../domain/claims/claim.ts")).Claim,
    idKey: "key",
  },
  messages: {
    parse: parseMessage,
    load: async () => (await import("../../domain/messages/message.ts")).Message,
    idKey: "id",
  },
};

async function parseYaml(text: string): Promise<unknown> {
  return (await import("./yaml.ts")).parseYaml(text);
}

type Decode = (path: string, bytes: Uint8Array) => Promise<Decoded<unknown>>;

/** Decodes a file of each part for reading. Only the first error becomes a finding. */
export const DECODERS: { readonly [P in FilePart]: Decode } = {
  settings: decoder(FORMATS.settings),
  taxonomy: decoder(FORMATS.taxonomy),
  registry: decoder(FORMATS.registry),
  retired: decoder(FORMATS.retired),
  sessions: decoder(FORMATS.sessions),
  heartbeats: decoder(FORMATS.heartbeats),
  collaborations: decoder(FORMATS.collaborations),
  archived: decoder(FORMATS.archived),
  archivedLately: decoder(FORMATS.archivedLately),
  claims: decoder(FORMATS.claims),
  messages: decoder(FORMATS.messages),
};

function decoder({ parse, load, idKey }: FileFormat): Decode {
  return async (path, bytes) => {
    const decoded = await decodeFile(path, bytes, parse, await load());
    if ("finding" in decoded || idKey === undefined) return decoded;
    const message = misnamed(path, decoded.value, idKey);
    return message === undefined
      ? decoded
      : { finding: { path, line: 1, column: 1, rule: "id-is-name", message } };
  };
}

/** Returns an error message when the id in a file differs from the file's name, because files are found by name. */
export function misnamed(path: string, value: unknown, idKey: string): string | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1, path.lastIndexOf("."));
  const id = (value as Readonly<Record<string, unknown>>)[idKey];
  return id === name ? undefined : `${idKey} is ${JSON.stringify(id)}, but the file is named ${name}`;
}
