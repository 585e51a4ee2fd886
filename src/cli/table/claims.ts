import type { Group } from "../command.ts";

export const CLAIMS: Group = {
  heading: "Claims",
  commands: {
    claim: {
      summary: "take a lease on work (a key, as issue-42) or on files (a path or glob, as 'src/**')",
      load: async () => (await import("../commands/claim.ts")).claim,
    },
    renew: {
      summary: "hold what you claimed for longer",
      load: async () => (await import("../commands/claim-moves.ts")).renew,
    },
    release: {
      summary: "free what you claimed",
      load: async () => (await import("../commands/claim-moves.ts")).release,
    },
    claims: {
      summary: "who holds what until when; check whether another holds some files",
      load: async () => (await import("../commands/claims.ts")).claims,
    },
  },
};
