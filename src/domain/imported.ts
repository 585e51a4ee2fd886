/** Where `hive import` put something as it was found: the old tools kept no order that the rules could ask for. */
export function isImported(value: object): boolean {
  return Object.keys(value).some((key) => key.startsWith("seed_"));
}
