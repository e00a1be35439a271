// phantom-guard-install. pnpm-lock.yaml holds a checksum of this file: leave it as it is, and put hooks of your own into
// .pnpmfile.user.cjs beside it.
'use strict';
module.exports = require('./.phantom-guard/pnpmfile.cjs')(__dirname);
