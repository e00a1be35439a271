/** A text whose URLs are without user, password, query and fragment, any of which may be a secret. */
export function withoutSecrets(text: string): string {
  const whole = text.includes('@') && text.includes(':') ? withoutOddUsers(text) : text;
  return whole.includes('://') ? whole.replace(/\S+/g, cleanWord) : whole;
}

/** A password with a slash or a blank in it, which makes the host no host: up to the @, on the same line. */
const BROKEN_USER = /:\/\/[^\s/@:[\]]*:(?!\d{0,5}(?:[/?#\s]|$))[^@\n]{1,500}@/g;
/** `https:user@host` and `https:\\user@host` are URLs of `https://user@host` to whoever fetches them. */
const LOOSE_USER = /\b((?:git\+)?(?:https?|ssh|ftp)):(?!\/\/)[\\/]*[^\s\\/@]+@/gi;

function withoutOddUsers(text: string): string {
  return text.replace(BROKEN_USER, '://').replace(LOOSE_USER, '$1://');
}

/** `.npmrc` as it may be shown: without the values of credentials. */
export function withoutCredentials(line: string): string {
  return withoutSecrets(line).replace(CREDENTIAL, '$1…');
}

const CREDENTIAL = /^(.?\s*(?:\/\/.*:)?["']?(?:_authToken|_auth|_password|username|key|otp)["']?\s*=\s*).+$/i;

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
