// A registry whose documents have the sizes of real ones, gzipped as npm's are, in a process of its own:
// node scripts/run-ts.mjs bench/perf/sized-registry-server.ts DELAY_MS
// Prints its URL; ends when its stdin does.
import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';
import { listen } from '../../test/support/fake-listen.js';
import { makeSizedDocuments, sizeOfName } from './sized-documents.js';

const delayMs = Number(process.argv[2]);
let bodies: readonly Buffer[] = [];

const server = createServer((request, response) => {
  const name = decodeURIComponent((request.url ?? '').slice(1));
  const body = bodies[sizeOfName(name) ?? -1];
  const answer = () => {
    if (body === undefined) response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
    else
      response
        .writeHead(200, {
          'content-type': 'application/json',
          'content-encoding': 'gzip',
          'content-length': body.length,
          etag: `"${name}"`,
        })
        .end(body);
  };
  if (delayMs === 0) answer();
  else setTimeout(answer, delayMs);
});
const url = `http://127.0.0.1:${await listen(server)}/`;
// Once and for all, so that the server takes as little as it can of what the clients share with it.
bodies = makeSizedDocuments(url).map(({ text }) => gzipSync(text));
console.log(url);
process.stdin.on('end', () => process.exit()).resume();
