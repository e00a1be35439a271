// The thread of resolve-only.cjs that puts questions to the guard: 204 is yes, everything else and no answer are no.
'use strict';

const http = require('node:http');
const { parentPort, workerData } = require('node:worker_threads');

const answer = new Int32Array(workerData.answer);
const [YES, NO] = [1, 2];

function tell(value) {
  Atomics.store(answer, 0, value);
  Atomics.notify(answer, 0);
}

parentPort.on('message', (question) => {
  http
    .get(`${workerData.desk}${encodeURIComponent(question)}`, (response) => {
      response.resume();
      tell(response.statusCode === 204 ? YES : NO);
    })
    .on('error', () => tell(NO));
});
