import fc from "fast-check";
import { SESSIONS, type Who } from "./model.ts";

export const anyone: fc.Arbitrary<Who> = fc.constantFrom(...SESSIONS);

/** One of what there is, whatever there is. */
export const nth = fc.nat({ max: 5 });
