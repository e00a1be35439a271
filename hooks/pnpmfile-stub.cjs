// phantom-guard-install. pnpm-lock.yaml holds a checksum of this file: leave it as it is, and put hooks of your own into
// .pnpmfile.user.cjs beside it.
'use strict';

const { existsSync } = require('node:fs');
const { join } = require('node:path');

const hooks = join(__dirname, '.phantom-guard', 'pnpmfile.cjs');
if (!existsSync(hooks)) {
  throw new Error(
    'phantom-guard-install: .phantom-guard/pnpmfile.cjs is missing, so nothing could be judged. ' +
      'Restore it from version control, or run: npx phantom-guard-install init',
  );
}
module.exports = require(hooks)(__dirname);
