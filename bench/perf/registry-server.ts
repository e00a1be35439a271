// A registry of made-up packages in a process of its own, so that its work is not counted with that of its clients:
// node scripts/run-ts.mjs bench/perf/registry-server.ts DELAY_MS
// Prints its URL; ends when its stdin does.
import { createServer } from 'node:http';
import { listen } from '../../test/support/fake-listen.js';
import { makeTemplates, templateOf } from './documents.js';

const delayMs = Number(process.argv[2]);
let templates: ReturnType<typeof makeTemplates> = [];

const server = createServer((request, response) => {
  const name = decodeURIComponent((request.url ?? '').slice(1));
  const template = templates[templateOf(name) ?? -1];
  const etag = `"${name}"`;
  const answer = () => {
    if (template === undefined) response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
    else if (request.headers['if-none-match'] === etag) response.writeHead(304, { etag }).end();
    else
      response
        .writeHead(200, { 'content-type': 'application/json', etag })
        .end(template.text.replaceAll(template.name, name));
  };
  if (delayMs === 0) answer();
  else setTimeout(answer, delayMs);
});
const url = `http://127.0.0.1:${await listen(server)}/`;
templates = makeTemplates(url);
console.log(url);
process.stdin.on('end', () => process.exit()).resume();
