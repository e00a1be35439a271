type CommandSpec = {
  readonly usage: string;
  readonly description: string;
  /** Takes another program's command line: what follows the word is that program's. */
  readonly wraps?: true;
  /** Called by the files in hooks/ only, and nothing that others may rely on; not in the help. */
  readonly internal?: true;
};

/** Every command of the contract. Help is made from this table. */
export const COMMANDS = {
  check: {
    usage: 'check [PATH] | check --docs [PATH…]',
    description:
      'judge a project directory, a lockfile or a package.json; with --docs the names in documents',
  },
  validate: {
    usage: 'validate SPEC…',
    description: 'judge names or specs as direct dependencies',
  },
  explain: {
    usage: 'explain SPEC',
    description: 'every fact, signal and weight behind a verdict',
  },
  cache: { usage: 'cache stats|path|verify|clear', description: 'the local cache' },
  npm: {
    usage: 'npm …',
    description: 'npm, which installs nothing before it was judged',
    wraps: true,
  },
  npx: {
    usage: 'npx …',
    description: 'npx, which runs nothing before it was judged',
    wraps: true,
  },
  pnpm: {
    usage: 'pnpm …',
    description: 'pnpm, which installs nothing before it was judged',
    wraps: true,
  },
  pnpx: {
    usage: 'pnpx …',
    description: 'pnpx, which runs nothing before it was judged',
    wraps: true,
  },
  init: {
    usage: 'init [--global | --config-dependency] [--undo]',
    description: 'wire the guard into this project, or into this machine; shows the change first',
  },
  doctor: { usage: 'doctor', description: 'where the guard is active here' },
  accept: {
    usage: 'accept SPEC --reason TEXT',
    description: 'add a reviewed exception to the configuration',
  },
  preinstall: { usage: 'preinstall', description: 'what the preinstall script runs' },
  'internal-gate': {
    usage: 'internal-gate',
    description: 'what the script gate runs',
    internal: true,
  },
  scan: {
    usage: 'scan --names FILE|-',
    description: 'findings for a list of names, as NDJSON; asks nobody',
  },
  selftest: { usage: 'selftest', description: 'which ways in are stopped here' },
  'agent-hook': {
    usage: 'agent-hook [--install AGENT [--undo]]',
    description: 'judge a tool call of a coding agent (stdin), or wire the agent',
  },
  mcp: { usage: 'mcp', description: 'MCP server on stdio, for coding agents' },
} as const satisfies Record<string, CommandSpec>;

export type CommandName = keyof typeof COMMANDS;
export function isCommand(word: string): word is CommandName {
  return Object.hasOwn(COMMANDS, word);
}

export function isInternal(command: CommandName): boolean {
  return (COMMANDS[command] as CommandSpec).internal === true;
}

export function wrapsAnother(command: CommandName): boolean {
  return (COMMANDS[command] as CommandSpec).wraps === true;
}
