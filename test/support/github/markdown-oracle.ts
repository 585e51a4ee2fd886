import remarkGfm from "remark-gfm";
import remarkGithub, { type BuildUrlValues, defaultBuildUrl } from "remark-github";
import remarkParse from "remark-parse";
import { unified } from "unified";

interface Node {
  readonly type: string;
  readonly url?: string;
  readonly value?: string;
  readonly children?: readonly Node[];
}

/**
 * Reads Markdown as GitHub does, by the parser and the reference finder of the remark project: mentions, issue and
 * commit references, links, images and raw HTML.
 */
function parseMarkdown(text: string): { mentions: string[]; nodes: Node[] } {
  const mentions: string[] = [];
  const buildUrl = (values: BuildUrlValues) => {
    if (values.type === "mention") mentions.push(values.user);
    return defaultBuildUrl(values);
  };
  const reader = unified()
    .use(remarkParse)
    .use(remarkGfm)
    .use(remarkGithub, { repository: "team/hub", mentionStrong: false, buildUrl });
  const tree = reader.runSync(reader.parse(text)) as Node;
  return { mentions, nodes: flatten(tree) };
}

function flatten(node: Node): Node[] {
  return [node, ...(node.children ?? []).flatMap(flatten)];
}

/** Users and teams that a text mentions. The reference finder knows users only, so teams are looked for in plain text. */
export function mentionsIn(text: string): string[] {
  const { mentions, nodes } = parseMarkdown(text);
  const plain = nodes.flatMap(({ type, value }) => (type === "text" && value ? [value] : [])).join(" ");
  const teams = [...plain.matchAll(/@([\w-]+\/[\w-]+)/g)].map(([, team = ""]) => team);
  return [...new Set([...mentions, ...teams])];
}

/** Everything in a text that links, embeds or is HTML. */
export function livePartsOf(text: string): string[] {
  return parseMarkdown(text)
    .nodes.filter(({ type }) =>
      [
        "link",
        "image",
        "html",
        "linkReference",
        "imageReference",
        "definition",
        "footnoteReference",
      ].includes(type),
    )
    .map(({ type, url, value }) => `${type} ${url ?? value ?? ""}`);
}

/** The tables of a text: for each, the number of cells in each of its rows. */
export function tablesOf(text: string): number[][] {
  return parseMarkdown(text)
    .nodes.filter(({ type }) => type === "table")
    .map(({ children = [] }) => children.map((row) => row.children?.length ?? 0));
}
