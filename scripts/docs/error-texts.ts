import type { GuardErrorCode } from '../../src/errors.js';

type ErrorText = {
  /** What could not be decided, and why. */
  readonly meaning: string;
  /** What usually helps; the hint of the program is about the case at hand. */
  readonly wayOut: string;
};

/** Every code of src/errors.ts in words. */
export const ERROR_TEXTS: { readonly [C in GuardErrorCode]: ErrorText } = {
  USAGE: {
    meaning:
      'the command line asks for something that does not exist or does not go together, or `init` would have to overwrite what it did not write',
    wayOut: '`phantom-guard-install --help`; for `init`, move away what the message names',
  },
  NOT_YET: {
    meaning:
      'a command, option or form of a pnpm command that this version does not serve; nothing was started',
    wayOut: 'for pnpm, the forms of [enforcement-pnpm.md](../enforcement-pnpm.md); else a later version',
  },
  NO_PROJECT: {
    meaning: 'no package.json and no lockfile where the command looks for a project',
    wayOut: 'run it in the folder of a project, or name one',
  },
  UNSUPPORTED_MANAGER: {
    meaning: 'yarn, bun or another manager is in use here',
    wayOut:
      'name npm or pnpm as `packageManager` in package.json, or check names with `phantom-guard-install validate`',
  },
  NO_MANAGER: {
    meaning: 'the manager to be wrapped is not on the PATH, apart from shims',
    wayOut: 'install it, or put its folder on the PATH',
  },
  PROJECT_BUSY: {
    meaning: 'another guarded install is under way in this project',
    wayOut: 'wait; a lock that a killed install left is taken over by itself',
  },
  PROJECT_CHANGED: {
    meaning: 'files of the project changed while they were judged',
    wayOut: 'run it again when nothing else works on the project',
  },
  INPUT_NOT_FOUND: {
    meaning: 'the path that was named does not exist',
    wayOut: 'name a project directory, a lockfile or a package.json',
  },
  INPUT_UNREADABLE: {
    meaning: 'a file is there and cannot be read: permissions, no plain file, no room for a temporary file',
    wayOut: 'as the hint says',
  },
  INPUT_TOO_LARGE: {
    meaning: 'a file or a node_modules folder is beyond what any real project has',
    wayOut: 'name a lockfile; remove node_modules and install again',
  },
  MANIFEST_UNREADABLE: {
    meaning: 'package.json, or a package.json in node_modules, is no JSON object that npm could use',
    wayOut: 'correct the file; npm and pnpm need it too',
  },
  LOCKFILE_UNREADABLE: {
    meaning: 'the lockfile is cut, malformed, or says something that no package manager writes',
    wayOut: 'restore it from git, or remove it and install again',
  },
  LOCKFILE_CONFLICT: {
    meaning: 'the lockfile or package.json holds the marks of a merge conflict',
    wayOut: 'resolve it; running the install of the manager resolves a lockfile',
  },
  LOCKFILE_DUPLICATE_KEY: {
    meaning: 'a key is there twice in one object, and readers differ on which counts',
    wayOut: 'find out who wrote it; remove the lockfile and install again',
  },
  LOCKFILE_VERSION_UNKNOWN: {
    meaning: 'the version of the lockfile is none that is known here',
    wayOut: 'make it with a manager that writes one of the versions in the hint, or update this program',
  },
  SINCE_UNUSABLE: {
    meaning:
      '`--since` cannot tell what changed: no git, no such commit, an earlier lockfile that cannot be read',
    wayOut: 'fetch the history (`fetch-depth: 0`), or leave `--since` out; [since.md](../since.md)',
  },
  SPEC_INVALID: {
    meaning: 'no package spec that npm could install',
    wayOut: 'write `NAME`, `NAME@RANGE`, `@SCOPE/NAME@RANGE` or `ALIAS@npm:NAME@RANGE`',
  },
  NAME_INVALID: {
    meaning:
      'the tree has names under which npm could not install anything, so that nobody can be asked about them',
    wayOut: 'correct the names that `unchecked` lists',
  },
  REGISTRY_CONFIG_INVALID: {
    meaning:
      "npm's or pnpm's own configuration cannot be used: a registry that is no http(s) URL, a file or certificate that cannot be read, credentials that are bound to no registry",
    wayOut: 'correct the .npmrc or pnpm-workspace.yaml that the message names; `npm config list`',
  },
  REGISTRY_UNAVAILABLE: {
    meaning:
      'a registry that is responsible for a package did not answer, or refused to: the package is *unknown*, and unknown is never safe',
    wayOut:
      'see [troubleshooting.md](../troubleshooting.md): network, proxy, token; for a choice of yours, `onUnavailable`',
  },
  CONFIG_INVALID: {
    meaning:
      'the configuration of the guard has a key, value or exception that it may not have; the message has the line',
    wayOut: 'as the hint says; [configuration.md](configuration.md)',
  },
  CONFIG_UNREADABLE: {
    meaning: 'a configuration file is there, or was named with `--config`, and cannot be read',
    wayOut: 'name a file that exists; correct its permissions',
  },
  CACHE_UNUSABLE: {
    meaning:
      'the folder of the cache is none of ours, or cannot be changed. Only the `cache` commands end so; others go on without a cache',
    wayOut: '`phantom-guard-install cache path`, and delete by hand what is there; or `--cache-dir`',
  },
  FEED_UNREADABLE: {
    meaning: 'a configured feed cannot be read, and there is no copy of at most 30 days',
    wayOut: 'correct the path or URL in `feeds`; [feeds.md](../feeds.md)',
  },
  DATA_UNREADABLE: {
    meaning: 'the bundled names are missing or cannot be read',
    wayOut: 'install the package again; `--no-data` judges without them',
  },
  DATA_DAMAGED: {
    meaning: 'a file of the bundled names has other bytes than it says',
    wayOut: 'install the package again',
  },
  DATA_VERSION_UNKNOWN: {
    meaning: 'a file of the bundled names is of another version of the program',
    wayOut: 'install the package again',
  },
  OUTPUT_UNWRITABLE: {
    meaning: 'a file could not be written: that of `--output`, the configuration, or one that `init` changes',
    wayOut: 'choose another path, or correct permissions and free space',
  },
  INTERRUPTED: {
    meaning: 'the self-test was ended by a signal',
    wayOut: 'run it again; nothing of it is left',
  },
  INTERNAL: {
    meaning: 'a mistake of this program, or an installation of it that is not complete',
    wayOut: 'install the package again; if it stays, please report it with the stack trace',
  },
};
