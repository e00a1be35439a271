import { OTHER_COMMANDS } from '../wrap/npm-commands.js';
import { type Program, SHIM_MARK } from '../wrap/real-npm.js';
import { READING_WORDS, SCRIPT_WORDS } from '../wrap-pnpm/pnpm-commands.js';
import { shellWord } from './quote.js';

type Shim = {
  readonly name: Program;
  /** First words that install nothing, and so need no guard. Exactly these: managers also take beginnings of words. */
  readonly passed: readonly string[];
  /** Further arms of the `case` on the first word. */
  readonly arms?: string;
};

/** Only `npm audit fix` installs. */
const AUDIT = `  audit)
    fix=
    for word; do [ "$word" != fix ] || fix=1; done
    [ -n "$fix" ] || through "$@"
    ;;
`;

/** Take the spec of a git repository, clone it and prepare it, for which npm installs what it needs. */
const CLONES: readonly string[] = [
  'pack',
  'publish',
  'diff',
  'cache',
  'c',
  'docs',
  'home',
  'bugs',
  'issues',
  'repo',
];

/**
 * A script passes, but must not begin with an install (`verifyDepsBeforeRun`); where pnpm would load code of
 * `configDependencies` for it, the guard judges them.
 */
const SCRIPTS = `  ${SCRIPT_WORDS.join(' | ')})
    folder=$PWD
    config=
    while :; do
      if [ -f "$folder/pnpm-workspace.yaml" ]; then
        while IFS= read -r line || [ -n "$line" ]; do
          case $line in *configDependencies*) config=1 ;; esac
        done <"$folder/pnpm-workspace.yaml"
        break
      fi
      [ -n "$folder" ] || break
      folder=\${folder%/*}
    done
    [ -n "$config" ] || through --config.verify-deps-before-run=false "$@"
    ;;
`;

/**
 * The programs that lead to the guard. What the wrapper takes for harmless passes without it: also `npm rebuild`, which
 * runs scripts of what is installed already, and is left to the script gate.
 */
export const SHIMS: readonly Shim[] = [
  { name: 'npm', passed: OTHER_COMMANDS.filter((word) => !CLONES.includes(word)), arms: AUDIT },
  { name: 'npx', passed: [] },
  { name: 'pnpm', passed: READING_WORDS, arms: SCRIPTS },
  { name: 'pnpx', passed: [] },
];

/** The text of a shim: POSIX sh, and builtins only, since it runs before every npm. */
export function shimText({ name, passed, arms = '' }: Shim, guard: string, shims: string): string {
  const words = passed.length === 0 ? '' : `  ${passed.join(' | ')}) through "$@" ;;\n`;
  return `#!/bin/sh
# ${SHIM_MARK}: leads ${name} to the guard; "phantom-guard-install init --global --undo" takes it out
guard=${shellWord(guard)}
shims=${shellWord(shims)}
name=${name}

# The first program of that name on the PATH that is no shim. The one that this process was before (another tool's shim,
# which has led back here) does not count.
find_real() {
  real= passed=
  case \${PHANTOM_GUARD_PASSED-} in "$$ "*) passed=\${PHANTOM_GUARD_PASSED#* } ;; esac
  set -f
  IFS=:
  for folder in \${PATH-}; do
    file=\${folder%/}/$name
    [ -n "$folder" ] && [ -f "$file" ] && [ -x "$file" ] && [ "$file" != "$passed" ] || continue
    second=
    { IFS= read -r second && IFS= read -r second; } 2>/dev/null <"$file" || second=
    case $second in *'${SHIM_MARK}'*) continue ;; esac
    real=$file
    break
  done
  unset IFS
  set +f
  real=\${real:-$passed}
}

through() {
  find_real
  if [ -z "$real" ]; then
    printf 'phantom-guard-install: there is no %s on the PATH, apart from the shim that leads to the guard\\n' "$name" >&2
    exit 127
  fi
  PHANTOM_GUARD_PASSED="$$ $real"
  export PHANTOM_GUARD_PASSED
  exec "$real" "$@"
}

gone() {
  printf 'phantom-guard-install: %s is missing, so that nothing could be judged and nothing was started.\\n' "$cli" >&2
  name=npx
  find_real
  printf 'Put it back:  npm_config_script_shell=/bin/sh "%s" --yes phantom-guard-install init --global --yes\\n' "$real" >&2
  printf 'Or take the shims away:  rm -r "%s"\\n' "$shims" >&2
  exit 2
}

# Started by the guard itself.
[ "\${PHANTOM_GUARD_INSIDE-}" != "1:\${npm_lifecycle_event-}:\${npm_package_json-}" ] || through "$@"
[ $# -gt 0 ] || through
case $1 in
  -v | --version | -h | --help) [ $# -gt 1 ] || through "$@" ;;
${arms}${words}esac
cli=$guard/dist/cli.js
[ -f "$cli" ] || gone
exec node "$cli" ${name} "$@"
`;
}

/** The name under which the guard itself is found. */
export const OWN_NAME = 'phantom-guard-install';

/** The text of the program that starts the guard of the user: what the guard advises to run has to be there. */
export function ownText(guard: string): string {
  return `#!/bin/sh
# ${SHIM_MARK}: the guard itself; "phantom-guard-install init --global --undo" takes it out
exec node ${shellWord(`${guard}/dist/cli.js`)} "$@"
`;
}
