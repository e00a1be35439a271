/** A text whose URLs are without user, password, query and fragment, any of which may be a secret. */
export function withoutSecrets(text: string): string {
  return text.includes('://') ? text.replace(/\S+/g, cleanWord) : text;
}

/** The same for every text in a plain document. */
export function hideSecrets<T>(value: T): T {
  if (typeof value === 'string') return withoutSecrets(value) as T;
  if (Array.isArray(value)) return value.map(hideSecrets) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, hideSecrets(inner)])) as T;
}

/** `name@https://user:password@host/path?query`; an address may have another one in its path. */
function cleanWord(word: string): string {
  const [before = '', ...rest] = word.split('://');
  if (rest.length === 0) return word;
  const address = rest.join('://');
  const end = address.search(/[?#]/);
  const parts = (end < 0 ? address : address.slice(0, end)).split('://');
  return [before, ...parts.map(withoutUser)].join('://');
}

function withoutUser(part: string): string {
  const slash = part.indexOf('/');
  const authority = slash < 0 ? part : part.slice(0, slash);
  return part.slice(authority.lastIndexOf('@') + 1);
}
