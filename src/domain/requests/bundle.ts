import { RequestId } from "../values/ids.ts";
import * as z from "../values/z.ts";

const MAX_ITEM_CHARACTERS = 1000;
const MAX_LIST_ITEMS = 50;

const Item = z
  .string()
  .check(z.maxLength(MAX_ITEM_CHARACTERS, `an item has at most ${MAX_ITEM_CHARACTERS} characters`));
const Items = z.optional(
  z.array(Item).check(z.maxLength(MAX_LIST_ITEMS, `a list has at most ${MAX_LIST_ITEMS} items`)),
);

const PARTS = {
  done: Items,
  in_progress: Items,
  /** Attempts that failed. */
  tried: Items,
  decisions: Items,
  files: Items,
  branch: z.optional(Item),
  commit: z.optional(z.string().check(z.regex(/^[0-9a-f]{40,64}$/, "a commit's id is hexadecimal"))),
  /** The command to run next. */
  next: z.optional(Item),
};

/** What a session needs to continue handed-over work; the goal is the text of its request. Unknown keys are kept. */
export const Bundle = z.looseObject({
  /** The request that is handed over; without one, the handover itself is the work. */
  request: z.optional(RequestId),
  /** The handover is for the first session that accepts it. */
  open: z.optional(z.literal(true)),
  ...PARTS,
});
export type Bundle = z.infer<typeof Bundle>;

/** A bundle as an operation's input; unknown keys are dropped. */
export const BundleInput = z.object(PARTS);

/** A bundle as a user writes it; an unknown key is an error, because it is probably a typo. */
export const WrittenBundle = z.strictObject(PARTS, {
  error: ({ code }) =>
    code === "unrecognized_keys" ? `a bundle has only the keys ${Object.keys(PARTS).join(", ")}` : undefined,
});
