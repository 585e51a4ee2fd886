import { config } from "zod/mini";

export * from "zod/mini";

// Compiling a parser for each schema is worth it only if it runs often; a command uses most schemas once.
config({ jitless: true });
