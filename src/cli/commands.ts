type CommandSpec = {
  readonly usage: string;
  readonly description: string;
  /** Takes another program's command line: what follows the word is that program's. */
  readonly wraps?: true;
  readonly served: boolean;
  /** Called by the files in hooks/ only, and nothing that others may rely on; not in the help. */
  readonly internal?: true;
};

/** Every command of the contract. Help is made from this table. */
export const COMMANDS = {
  check: {
    usage: 'check [PATH] | check --docs [PATH…]',
    description:
      'judge a project directory, a lockfile or a package.json; with --docs the names in documents',
    served: true,
  },
  validate: {
    usage: 'validate SPEC…',
    description: 'judge names or specs as direct dependencies',
    served: true,
  },
  explain: {
    usage: 'explain SPEC',
    description: 'every fact, signal and weight behind a verdict',
    served: true,
  },
  cache: { usage: 'cache stats|path|verify|clear', description: 'the local cache', served: true },
  npm: {
    usage: 'npm …',
    description: 'npm, which installs nothing before it was judged',
    wraps: true,
    served: true,
  },
  npx: {
    usage: 'npx …',
    description: 'npx, which runs nothing before it was judged',
    wraps: true,
    served: true,
  },
  pnpm: {
    usage: 'pnpm …',
    description: 'pnpm, which installs nothing before it was judged',
    wraps: true,
    served: true,
  },
  pnpx: {
    usage: 'pnpx …',
    description: 'pnpx, which runs nothing before it was judged',
    wraps: true,
    served: true,
  },
  init: {
    usage: 'init [--global | --config-dependency] [--undo]',
    description: 'wire the guard into this project, or into this machine; shows the change first',
    served: true,
  },
  doctor: { usage: 'doctor', description: 'where the guard is active here', served: true },
  accept: {
    usage: 'accept SPEC --reason TEXT',
    description: 'add a reviewed exception to the configuration',
    served: true,
  },
  preinstall: { usage: 'preinstall', description: 'what the preinstall script runs', served: true },
  'internal-gate': {
    usage: 'internal-gate',
    description: 'what the script gate runs',
    served: true,
    internal: true,
  },
  scan: {
    usage: 'scan --names FILE|-',
    description: 'findings for a list of names, as NDJSON; asks nobody',
    served: true,
  },
  selftest: { usage: 'selftest', description: 'which ways in are stopped here', served: true },
  'agent-hook': {
    usage: 'agent-hook [--install AGENT [--undo]]',
    description: 'judge a tool call of a coding agent (stdin), or wire the agent',
    served: true,
  },
  mcp: { usage: 'mcp', description: 'MCP server on stdio, for coding agents', served: true },
} as const satisfies Record<string, CommandSpec>;

export type CommandName = keyof typeof COMMANDS;
export type ServedCommand = {
  [C in CommandName]: (typeof COMMANDS)[C]['served'] extends true ? C : never;
}[CommandName];

export function isCommand(word: string): word is CommandName {
  return Object.hasOwn(COMMANDS, word);
}

export function isServed(command: CommandName): command is ServedCommand {
  return COMMANDS[command].served;
}

export function isInternal(command: CommandName): boolean {
  return (COMMANDS[command] as CommandSpec).internal === true;
}

export function wrapsAnother(command: CommandName): boolean {
  return (COMMANDS[command] as CommandSpec).wraps === true;
}
