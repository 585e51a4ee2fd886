import { constants, open } from "node:fs";

/**
 * Whether a directory answers within a time, or is missing. The system may never answer for a directory on a server
 * that is away, and nothing interrupts a synchronous call.
 */
export function answersWithin(directory: string, milliseconds: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), milliseconds);
    open(directory, constants.O_RDONLY | constants.O_NONBLOCK, () => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}
