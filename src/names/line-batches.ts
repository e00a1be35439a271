export type LineChunk = Uint8Array | string;

/** Lines per batch: some ten milliseconds of work, so that handing it to a worker costs next to nothing. */
const BATCH_LINES = 512;
/** Longer lines are no names; the rest of them is dropped as it arrives. */
const LONGEST_LINE = 1024;

/** Cuts a byte or text stream into batches of trimmed, non-empty lines, in bounded memory whatever arrives. */
export async function* readLineBatches(input: AsyncIterable<LineChunk>): AsyncGenerator<string[]> {
  const lines = new LineCutter();
  for await (const chunk of input) {
    lines.push(chunk);
    while (lines.ready.length >= BATCH_LINES) yield lines.ready.splice(0, BATCH_LINES);
  }
  lines.end();
  while (lines.ready.length > 0) yield lines.ready.splice(0, BATCH_LINES);
}

class LineCutter {
  readonly ready: string[] = [];
  readonly #decoder = new TextDecoder();
  #open = '';

  push(chunk: LineChunk): void {
    const text = typeof chunk === 'string' ? chunk : this.#decoder.decode(chunk, { stream: true });
    let from = 0;
    for (let to = text.indexOf('\n'); to >= 0; to = text.indexOf('\n', from)) {
      this.#take(text.slice(from, Math.min(to, from + LONGEST_LINE)));
      this.#close();
      from = to + 1;
    }
    this.#take(text.slice(from, from + LONGEST_LINE));
  }

  end(): void {
    this.#take(this.#decoder.decode());
    this.#close();
  }

  #take(text: string): void {
    if (this.#open.length < LONGEST_LINE) this.#open += text.slice(0, LONGEST_LINE - this.#open.length);
  }

  #close(): void {
    const line = this.#open.trim();
    if (line !== '') this.ready.push(line);
    this.#open = '';
  }
}
