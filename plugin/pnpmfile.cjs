// phantom-guard-install as a config dependency of pnpm. pnpm-lock.yaml holds a checksum of this file, so it is the same in
// every release; what it loads may change.
'use strict';

module.exports = require('./plugin.cjs');
