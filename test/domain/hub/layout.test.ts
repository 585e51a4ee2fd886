import { describe, expect, it } from "vitest";
import {
  archivedPath,
  claimPath,
  collaborationPath,
  FOLDER,
  heartbeatPath,
  LAYOUT_KINDS,
  locationOf,
  messagePath,
  patternOf,
  profilePath,
} from "../../../src/domain/hub/layout.ts";
import { ClaimKey, RequestId, SessionId, Ulid } from "../../../src/domain/values/ids.ts";
import { Instant } from "../../../src/domain/values/instant.ts";

const SESSION = SessionId.parse("session-1");
const REQUEST = RequestId.parse("collab-1763229251-k3f9");
const OP = Ulid.parse("01KG9M2V0000000000000000ZZ");
const AT = Instant.parse("2026-03-05T10:00:00Z");

/** A path that the program writes, for each kind that has many files. */
const WRITTEN = {
  sessions: profilePath(SESSION),
  heartbeats: heartbeatPath(SESSION),
  collaborations: collaborationPath(REQUEST),
  claims: claimPath(ClaimKey.parse("src.app")),
  messages: messagePath(OP, AT),
  archived: archivedPath({ request_id: REQUEST, updated_at: AT }),
};

describe("the layout of a hub", () => {
  it("gives each kind of file the path that its table says", () => {
    expect(WRITTEN).toEqual({
      sessions: "coordination/SESSIONS/session-1.json",
      heartbeats: "coordination/HEARTBEATS/session-1.json",
      collaborations: "coordination/ACTIVE/COLLABORATIONS/collab-1763229251-k3f9.json",
      claims: "coordination/ACTIVE/CLAIMS/src.app.json",
      messages: "coordination/MESSAGES/2026/03/05/01KG9M2V0000000000000000ZZ.md",
      archived: "coordination/ARCHIVE/COLLABORATIONS/2026/03/collab-1763229251-k3f9.json",
    });
  });

  it.each(LAYOUT_KINDS)("matches a path of %s to that kind and to no other", (kind) => {
    const { path, depth } = locationOf(kind);
    const written = depth === 0 ? path : WRITTEN[kind as keyof typeof WRITTEN].slice(FOLDER.length + 1);
    expect(LAYOUT_KINDS.filter((each) => patternOf(each).test(written))).toEqual([kind]);
  });

  it.each(Object.keys(WRITTEN) as (keyof typeof WRITTEN)[])(
    "knows the depth and the extension of the files of %s",
    (kind) => {
      const { path, depth, extension } = locationOf(kind);
      const inner = WRITTEN[kind].slice(`${FOLDER}/${path}/`.length);
      expect(inner.split("/")).toHaveLength(depth);
      expect(inner.endsWith(extension)).toBe(true);
    },
  );

  it("matches no file outside its folder, deeper in it, or with another extension", () => {
    const strays = [
      "SESSIONS/a/b.json",
      "SESSIONS/a.md",
      "MESSAGES/2026/3/05/a.md",
      "hive.yaml/a",
      "xhive.yaml",
    ];
    for (const kind of LAYOUT_KINDS)
      for (const stray of strays) expect(patternOf(kind).test(stray)).toBe(false);
  });
});
