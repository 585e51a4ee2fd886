import { RequestId } from "../values/ids.ts";
import * as z from "../values/z.ts";

/** Characters of one item of a bundle, and items of one list. */
const ITEM_LIMIT = 1000;
const ITEMS_LIMIT = 50;

const Item = z.string().check(z.maxLength(ITEM_LIMIT, `an item has at most ${ITEM_LIMIT} characters`));
const Items = z.optional(
  z.array(Item).check(z.maxLength(ITEMS_LIMIT, `at most ${ITEMS_LIMIT} items a list`)),
);

const PARTS = {
  done: Items,
  in_progress: Items,
  /** What was tried and failed. */
  tried: Items,
  decisions: Items,
  files: Items,
  branch: z.optional(Item),
  commit: z.optional(z.string().check(z.regex(/^[0-9a-f]{40,64}$/, "a commit's id is hexadecimal"))),
  /** The command to go on with. */
  next: z.optional(Item),
};

/** What whoever takes over needs to know; the goal is the text of the request that carries it. Unknown keys are kept. */
export const Bundle = z.looseObject({
  /** The request that is handed over with it; without one, this is the work itself. */
  request: z.optional(RequestId),
  /** It is for whoever accepts it first. */
  open: z.optional(z.literal(true)),
  ...PARTS,
});
export type Bundle = z.infer<typeof Bundle>;

/** A bundle as it is wished: what no part of it is called is left out. */
export const BundleInput = z.object(PARTS);

/** A bundle as somebody writes it: a name that is no part of it is a slip. */
export const WrittenBundle = z.strictObject(PARTS, {
  error: ({ code }) =>
    code === "unrecognized_keys"
      ? `a bundle has ${Object.keys(PARTS).join(", ")}, and nothing else`
      : undefined,
});
