import type { Group } from "../command.ts";

export const CLAIMS: Group = {
  heading: "Claims",
  commands: {
    claim: {
      summary: "take a lease on work or files: issue-42, 'src/**'",
      load: async () => (await import("../commands/claim.ts")).claim,
    },
    renew: {
      summary: "keep what you claimed for longer",
      load: async () => (await import("../commands/claim-moves.ts")).renew,
    },
    release: {
      summary: "give up what you claimed",
      load: async () => (await import("../commands/claim-moves.ts")).release,
    },
    claims: {
      summary: "list claims, or check files against them",
      load: async () => (await import("../commands/claims.ts")).claims,
    },
  },
};
