// pnpm's hooks of a guarded project, called by the stub that is its .pnpmfile.cjs. They hand what pnpm is about to
// install to the guard in this process, and end the install where it refuses. docs/enforcement-pnpm.md says which
// version of pnpm calls which hook when.
'use strict';

const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');

const USER_FILE = '.pnpmfile.user.cjs';
/** pnpm 12 runs hooks in a program of its own, which has no file, and gives each call 30 s. */
const isWorker = process.argv[1] === undefined;
const CALL_LIMIT_MS = 25_000;
const FACTS_LIMIT_MS = 20_000;
/** One run of pnpm may load this file more than once. */
const SESSIONS = Symbol.for('phantom-guard-install.pnpm-sessions');

/**
 * The hooks for the project in `directory`, behind those that it has itself. As a config dependency (`own`: the file of
 * the guard in the same package) they come alone, since pnpm calls the others; `directory` is null where nobody knows it.
 */
function guardHooks(directory, own = null) {
  const userFile = own === null ? join(directory, USER_FILE) : null;
  const user = userFile !== null && existsSync(userFile) ? require(userFile) : {};
  const hooks = user.hooks ?? {};
  const guard = guardOf(directory, own);
  return {
    ...user,
    hooks: {
      ...hooks,
      async readPackage(manifest, context) {
        const { name, version, dist, _id } = manifest;
        const result = hooks.readPackage ? await hooks.readPackage(manifest, context) : manifest;
        await guard.insist((session) => session.judgePackage({ ...result, name, version, dist, _id }));
        return result;
      },
      async preResolution(options, logger) {
        await guard.insist((session) => session.judgeLockfile(options?.wantedLockfile));
        return hooks.preResolution?.(options, logger);
      },
      // pnpm 11 leaves out an optional dependency that readPackage throws for, and goes on.
      async afterAllResolved(lockfile, context) {
        await guard.insist((session) => session.refused());
        return hooks.afterAllResolved ? hooks.afterAllResolved(lockfile, context) : lockfile;
      },
    },
    fetchers: [fetcherOf(guard), ...(user.fetchers ?? [])],
  };
}

/** Fetches nothing: it is asked before each download. */
function fetcherOf(guard) {
  return {
    async canFetch() {
      await guard.insist((session) => session.judgeProject());
      return false;
    },
    fetch: () => Promise.reject(new Error('phantom-guard-install fetches nothing')),
  };
}

function guardOf(directory, own) {
  globalThis[SESSIONS] ??= new Map();
  const sessions = globalThis[SESSIONS];
  const open = async () => {
    if (directory === null) throw placeless();
    const entry =
      own?.entry ?? require('./preinstall.cjs').findGuard(directory, join('dist', 'pnpm-hook.js'));
    const { openSession } = await import(pathToFileURL(entry).href);
    return openSession({ projectDir: directory, limitMs: isWorker ? FACTS_LIMIT_MS : null });
  };
  return {
    /** Throws unless the answer is that nothing is refused. */
    async insist(ask) {
      if (!sessions.has(directory)) sessions.set(directory, open());
      const answer = sessions.get(directory).then(ask);
      const refusal = await (isWorker ? within(answer, CALL_LIMIT_MS) : answer).catch(failure);
      if (refusal) throw pnpmError(refusal);
    },
  };
}

function placeless() {
  const error = new Error(
    'phantom-guard-install: which project it is could not be told, so nothing was judged',
  );
  error.hint =
    'Run pnpm with the version of Node that it supports; phantom-guard-install init wires it in another way.';
  return error;
}

function within(promise, limitMs) {
  return new Promise((resolve, reject) => {
    const late = () =>
      resolve({ message: 'phantom-guard-install: no verdict in time', hint: 'Run it again.' });
    const timer = setTimeout(late, limitMs);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function failure(error) {
  const {
    message = String(error),
    hint = 'Run it again; if it stays so, phantom-guard-install check says more.',
  } = error ?? {};
  return { message, hint };
}

/** pnpm 9 to 11 print code, message and hint; pnpm 12 prints the stack and nothing else. */
function pnpmError({ message, hint }) {
  const error = Object.assign(new Error(message.trimEnd()), { code: 'ERR_PNPM_PHANTOM_GUARD', hint });
  error.stack = isWorker ? `${error.message}\n${hint}` : error.message;
  return error;
}

module.exports = guardHooks;
