import { parsePatch, patchText, replaceIn } from '../../../src/agent/edit-text.js';
import { likelySpecs, manifestChanges } from '../../../src/agent/manifest-changes.js';
import { readHookCall } from '../../../src/agent/read-hook-call.js';
import { type FuzzTarget, mustHold } from '../target.js';
import { JSON_WORDS, NAME_WORDS } from './fixtures.js';

const PROJECT = '{\n  "name": "zq",\n  "dependencies": {\n    "zq-a": "^1.0.0"\n  }\n}\n';
const PATCH =
  '*** Begin Patch\n*** Update File: package.json\n@@\n   "dependencies": {\n-    "zq-a": "^1.0.0"\n+    "zq-b": "^1.0.0"\n   }\n*** Add File: a.sh\n+npm i zq-c\n*** Delete File: b\n*** End Patch\n';

/** Holds besides: a dependency that an edit writes into a package.json is seen. */
export const agentCall: FuzzTarget = {
  name: 'agent-call',
  share: 40,
  seeds: () => [
    '{"hook_event_name":"PreToolUse","cwd":"/zq","permission_mode":"default","tool_name":"Bash","tool_input":{"command":"npm i zq-a"}}',
    '{"conversation_id":"1","workspace_roots":["/zq"],"hook_event_name":"beforeShellExecution","command":"npx zq"}',
    '{"toolName":"str_replace","toolArgs":"{\\"path\\":\\"package.json\\",\\"old_str\\":\\"zq-a\\",\\"new_str\\":\\"zq-b\\"}"}',
    '{"tool_name":"MultiEdit","tool_input":{"file_path":"package.json","edits":[{"old_string":"zq-a","new_string":"zq-b","replace_all":true},{"old_string":"","new_string":"x"}]}}',
    JSON.stringify({ turn_id: '1', tool_name: 'apply_patch', tool_input: { command: PATCH } }),
    '{"tool_name":"Write","tool_input":{"file_path":"package.json","content":"{\\"dependencies\\":{\\"zq-d\\":\\"npm:zq-e@1\\"}}"}}',
  ],
  words: [
    ...JSON_WORDS,
    ...NAME_WORDS,
    ...[
      '"command":',
      '"tool_input":',
      '"toolArgs":',
      '"edits":',
      '"old_string":',
      '"new_string":',
      '"content":',
      '"file_path":',
    ],
    ...[
      '*** Begin Patch\\n',
      '*** Add File: ',
      '*** Update File: ',
      '*** Move to: ',
      '@@',
      '\\n+',
      '\\n-',
      '$&',
      '$1',
      'package.json',
    ],
  ],
  run: (bytes) => {
    const { call } = readHookCall(bytes.toString('utf8'), null);
    if (call.kind === 'write') inspect(call.text);
    if (call.kind === 'replace') inspect(replaceIn(PROJECT, call.replacements));
    if (call.kind !== 'patch') return;
    for (const { hunks, added } of parsePatch(call.text)) {
      if (hunks !== null) inspect(patchText(PROJECT, hunks));
      inspect(added);
    }
  },
};

function inspect(after: string | null): void {
  if (after === null) return;
  likelySpecs(after);
  const changes = manifestChanges(PROJECT, after);
  if (changes === null) return;
  const { dependencies } = JSON.parse(after.replace(/^\uFEFF/, '')) as { readonly dependencies?: unknown };
  if (typeof dependencies !== 'object' || dependencies === null) return;
  for (const [key, range] of Object.entries(dependencies)) {
    if (typeof range !== 'string' || /^(?:workspace|link|portal|file):|^\.{0,2}\//.test(range)) continue;
    const isKnown = key === 'zq-a' && range === '^1.0.0';
    mustHold(isKnown || changes.specs.some((spec) => spec.startsWith(key)), `${key} is not seen`);
  }
}
