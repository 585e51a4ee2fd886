import type { Group } from "../command.ts";

export const CLAIMS: Group = {
  heading: "Claims",
  commands: {
    claim: {
      summary: "take a lease on work or files: issue-42, 'src/**'",
      aliases: ["lock"],
      seeAlso: ["claims", "renew", "release"],
      load: async () => (await import("../commands/claim.ts")).claim,
    },
    renew: {
      summary: "keep what you claimed for longer",
      seeAlso: ["claim", "release"],
      load: async () => (await import("../commands/claim-moves.ts")).renew,
    },
    release: {
      summary: "give up what you claimed",
      aliases: ["unlock"],
      seeAlso: ["claim", "claims"],
      load: async () => (await import("../commands/claim-moves.ts")).release,
    },
    claims: {
      summary: "list claims, or check files against them",
      seeAlso: ["claim", "release"],
      load: async () => (await import("../commands/claims.ts")).claims,
    },
  },
};
