/**
 * Stands in the build for what the protocol's library brings along for Node: a JSON Schema validator half its size,
 * for forms that a server asks its user to fill in. None is asked here.
 */
export { default as process } from "node:process";

export class DefaultJsonSchemaValidator {
  getValidator(): never {
    throw new Error("git-hive asks for no forms.");
  }
}
