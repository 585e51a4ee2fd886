import * as z from "./z.ts";

/** How soon a message should be read, or a request answered. */
export const Urgency = z.enum(["normal", "high", "urgent"], {
  error: "urgency is normal, high or urgent",
});
export type Urgency = z.infer<typeof Urgency>;
