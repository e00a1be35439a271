import { type EntryLines, LineCollector, parseAlias } from './entry-lines.js';

/** What is told apart in JSON: strings, what opens, closes and separates, and the ends of lines. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:,\n]/g;
const PACKAGES_FOLDER = 'node_modules/';
/** Objects whose keys are names that are asked for. */
const REQUESTS = /^(?:|dev|peer|optional)[dD]ependencies$/;

/**
 * Where packages stand in a lockfile of npm (versions 1 to 4) or in a package.json. Never throws: in text that is no JSON
 * less is found.
 */
export function jsonEntryLines(text: string): EntryLines {
  const reading = new Reading();
  for (const [token] of text.matchAll(TOKEN)) reading.take(token);
  return reading.lines;
}

/** An object or array that is not closed yet. */
type Open = { readonly key: string; readonly line: number; name: string | null; version: string | null };

class Reading {
  readonly lines = new LineCollector();
  readonly #open: Open[] = [];
  #line = 1;
  /** The last string that may be a key, and where it stands. */
  #key = '';
  #keyLine = 1;
  #isValueNext = false;

  take(token: string): void {
    switch (token) {
      case '\n':
        this.#line++;
        return;
      case ':':
        this.#isValueNext = true;
        return;
      case '{':
      case '[':
        this.#open.push(this.#opened());
        break;
      case '}':
      case ']':
        this.#close();
        break;
      case ',':
        break;
      default:
        this.#string(unquote(token));
    }
    this.#isValueNext = false;
  }

  #opened(): Open {
    const key = this.#isValueNext ? this.#key : '';
    return { key, line: this.#keyLine, name: null, version: null };
  }

  #string(text: string): void {
    if (this.#isValueNext) this.#property(this.#key, text);
    else {
      this.#key = text;
      this.#keyLine = this.#line;
    }
  }

  #property(key: string, value: string): void {
    const owner = this.#open.at(-1);
    if (owner === undefined) return;
    if (REQUESTS.test(owner.key)) this.lines.addRequest(key, value, this.#keyLine);
    else if (key === 'name') owner.name = value;
    else if (key === 'version') owner.version = value;
  }

  #close(): void {
    const closed = this.#open.pop();
    const folder = this.#open.at(-1)?.key;
    if (closed === undefined || closed.key === '') return;
    const { key, name, line, version } = closed;
    if (folder === 'packages') this.#entry(nameOfPath(key), name, version, line);
    if (folder !== 'dependencies') return;
    const aliased = parseAlias(version ?? '');
    this.#entry(key, aliased?.name ?? null, aliased?.rest ?? version, line);
  }

  /** An alias is found by the key under which it is installed, and by its own name. */
  #entry(key: string, name: string | null, version: string | null, line: number): void {
    this.lines.addEntry(key, version, line);
    if (name !== null) this.lines.addEntry(name, version, line);
  }
}

function nameOfPath(path: string): string {
  const at = path.lastIndexOf(PACKAGES_FOLDER);
  return at < 0 ? path : path.slice(at + PACKAGES_FOLDER.length);
}

function unquote(token: string): string {
  const text = token.slice(1, -1);
  if (!text.includes('\\')) return text;
  try {
    return String(JSON.parse(token));
  } catch {
    return text;
  }
}
