import * as z from "../values/z.ts";

const Word = z.string().check(z.minLength(1), z.maxLength(100));

/** `taxonomy.yaml`: each keyword with the specializations that it stands for. */
export const Taxonomy = z.record(Word, z.array(Word).check(z.maxLength(256)));
export type Taxonomy = z.infer<typeof Taxonomy>;
