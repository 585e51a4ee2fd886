import { config } from "zod/mini";

export * from "zod/mini";

// A parser compiled for each schema pays where it parses often; a command parses most of them once.
config({ jitless: true });
