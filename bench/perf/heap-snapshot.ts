/** The parts of a V8 heap snapshot that are read here: nodes and edges are runs of numbers, described by `meta`. */
export type HeapSnapshot = {
  readonly snapshot: {
    readonly meta: {
      readonly node_fields: readonly string[];
      readonly node_types: readonly (readonly string[] | string)[];
      readonly edge_fields: readonly string[];
      readonly edge_types: readonly (readonly string[] | string)[];
    };
  };
  readonly nodes: readonly number[];
  readonly edges: readonly number[];
  readonly strings: readonly string[];
};

type Edge = { readonly type: string; readonly name: string; readonly to: number };

/** Answers about nodes, which are named by their index in `nodes`. */
export class HeapGraph {
  readonly #heap: HeapSnapshot;
  readonly #nodeFields: ReadonlyMap<string, number>;
  readonly #edgeFields: ReadonlyMap<string, number>;
  readonly #nodeSize: number;
  readonly #edgeSize: number;
  readonly #firstEdge = new Map<number, number>();

  constructor(heap: HeapSnapshot) {
    const { node_fields, edge_fields } = heap.snapshot.meta;
    const places = (fields: readonly string[]) => new Map(fields.map((field, index) => [field, index]));
    this.#heap = heap;
    this.#nodeFields = places(node_fields);
    this.#edgeFields = places(edge_fields);
    this.#nodeSize = node_fields.length;
    this.#edgeSize = edge_fields.length;
    let edge = 0;
    for (const node of this.nodes()) {
      this.#firstEdge.set(node, edge);
      edge += this.#ofNode(node, 'edge_count') * this.#edgeSize;
    }
  }

  *nodes(): Generator<number> {
    for (let node = 0; node < this.#heap.nodes.length; node += this.#nodeSize) yield node;
  }

  typeOf(node: number): string {
    return this.#heap.snapshot.meta.node_types[0]?.[this.#ofNode(node, 'type')] ?? '';
  }

  nameOf(node: number): string {
    return this.#heap.strings[this.#ofNode(node, 'name')] ?? '';
  }

  /** Bytes of the node itself. */
  sizeOf(node: number): number {
    return this.#ofNode(node, 'self_size');
  }

  *edgesOf(node: number): Generator<Edge> {
    const first = this.#firstEdge.get(node) ?? 0;
    const types = this.#heap.snapshot.meta.edge_types[0] ?? [];
    for (let count = 0; count < this.#ofNode(node, 'edge_count'); count++) {
      const edge = first + count * this.#edgeSize;
      const type = types[this.#ofEdge(edge, 'type')] ?? '';
      const name = this.#ofEdge(edge, 'name_or_index');
      const hasNumber = type === 'element' || type === 'hidden';
      yield {
        type,
        name: hasNumber ? String(name) : (this.#heap.strings[name] ?? ''),
        to: this.#ofEdge(edge, 'to_node'),
      };
    }
  }

  #ofNode(node: number, field: string): number {
    return this.#heap.nodes[node + (this.#nodeFields.get(field) ?? 0)] ?? 0;
  }

  #ofEdge(edge: number, field: string): number {
    return this.#heap.edges[edge + (this.#edgeFields.get(field) ?? 0)] ?? 0;
  }
}
