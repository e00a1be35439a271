/** What `cacache.get` is, without the rest of the library. */
declare module 'cacache/lib/get.js' {
  import type { get } from 'cacache';

  const reading: typeof get;
  export default reading;
}
