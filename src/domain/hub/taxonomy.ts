import * as z from "../values/z.ts";

const Word = z.string().check(z.minLength(1), z.maxLength(100));

/** `taxonomy.yaml`: a keyword, and the specializations that people mean by it. */
export const Taxonomy = z.record(Word, z.array(Word).check(z.maxLength(256)));
export type Taxonomy = z.infer<typeof Taxonomy>;
