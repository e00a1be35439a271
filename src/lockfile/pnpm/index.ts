// What a project of pnpm needs is loaded in one piece, and by nobody else.
export { readPnpmWorkspace } from '../read-pnpm-workspace.js';
export { parsePnpmLock } from './parse-pnpm-lock.js';
export { readPnpmDocuments } from './read-pnpm-documents.js';
