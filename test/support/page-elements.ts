import { type DefaultTreeAdapterMap, parse } from 'parse5';

type Node = DefaultTreeAdapterMap['node'];

export type PageElement = {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** All text in it. */
  readonly text: string;
};

/** The elements of a page in their order, as browsers parse it. */
export function elementsOf(page: string): readonly PageElement[] {
  const elements: PageElement[] = [];
  visit(parse(page), elements);
  return elements;
}

function visit(node: Node, elements: PageElement[]): void {
  if ('tagName' in node) {
    const attributes = Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]));
    elements.push({ tag: node.tagName, attributes, text: textOf(node) });
  }
  for (const child of 'childNodes' in node ? node.childNodes : []) visit(child, elements);
}

function textOf(node: Node): string {
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}
