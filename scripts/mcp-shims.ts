/**
 * Replaces in the build the protocol library's module for Node. That module has a JSON Schema validator, half the size
 * of the library, for forms that a server asks its user to fill in. git-hive asks for no forms.
 */
export { default as process } from "node:process";

export class DefaultJsonSchemaValidator {
  getValidator(): never {
    throw new Error("git-hive asks for no forms.");
  }
}
