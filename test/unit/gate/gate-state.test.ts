import { chmodSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openGateState } from '../../../src/gate/gate-state.js';
import { type NpmProcess, startOf, wordsOf } from '../../../src/gate/npm-process.js';
import { takeTurn } from '../../../src/gate/take-turn.js';

const self: NpmProcess = { pid: process.pid, started: startOf(process.pid) ?? '', boot: 'boot' };
const fresh = () => path.join(mkdtempSync(path.join(tmpdir(), 'phantom-guard-state-')), 'gate');
const GONE = 2 ** 22 + 1;

describe('the state of the script gate', () => {
  it('tells processes apart by id and start', () => {
    expect(self.started).toMatch(/^\d+$|-/);
    expect(startOf(GONE)).toBe(null);
    expect(openGateState(fresh(), { ...self, started: '1' })).toBe(null);
    expect(openGateState(fresh(), { ...self, started: '-' })).toBe(null);
    expect(wordsOf(process.pid)).toEqual([]);
  });

  it('keeps verdicts apart by folder, by whose script it is, and by boot; a refusal wins', () => {
    const directory = fresh();
    const state = openGateState(directory, self);
    state?.record('allowed-project', ['/p'], '');
    expect([state?.recall('/p', 'project'), state?.recall('/p', 'dependency')]).toEqual([
      'allowed-project',
      null,
    ]);
    state?.record('allowed', ['/p', '/p/packages/app', '/with\nnewline'], '');
    expect([state?.recall('/p', 'dependency'), state?.recall('/q', 'project')]).toEqual(['allowed', null]);
    expect(state?.recall('/with\nnewline', 'project')).toBe(null);
    expect(openGateState(directory, { ...self, boot: 'other' })?.recall('/p', 'project')).toBe(null);
    state?.record('refused', ['/p'], 'because\n');
    expect([state?.recall('/p', 'project'), state?.why()]).toEqual(['refused', 'because\n']);
  });

  it('is not kept where others could write, or behind a link', () => {
    const open = fresh();
    openGateState(open, self);
    chmodSync(open, 0o770);
    expect(openGateState(open, self)).toBe(null);
    const linked = fresh();
    symlinkSync(mkdtempSync(path.join(tmpdir(), 'phantom-guard-state-')), linked);
    expect(openGateState(path.join(linked), self)).toBe(null);
    expect(openGateState('/proc/nowhere/gate', self)).toBe(null);
  });

  it('forgets processes that have ended', () => {
    const directory = fresh();
    openGateState(directory, self)?.record('allowed', ['/p'], '');
    writeFileSync(path.join(directory, `${GONE}-1`), '');
    writeFileSync(path.join(directory, `${process.pid}-1.lock`), '');
    writeFileSync(path.join(directory, 'anything'), '');
    openGateState(directory, self);
    expect(readdirSync(directory)).toEqual([`${self.pid}-${self.started}`]);
  });
});

describe('the turn to judge', () => {
  const soon = () => AbortSignal.timeout(300);

  it('is one process’s; the others get its verdict', async () => {
    const state = openGateState(fresh(), self);
    if (state === null) throw new Error('no state');
    expect(await takeTurn(state, '/p', 'dependency', soon())).toBe('judge');
    const second = takeTurn(state, '/p', 'dependency', AbortSignal.timeout(5000));
    setTimeout(() => state.record('refused', ['/p'], ''), 60);
    expect(await second).toBe('refused');
    state.unlock();
    expect(await takeTurn(state, '/q', 'dependency', soon())).toBe('judge');
    expect(await takeTurn(state, '/q', 'dependency', soon())).toBe('late');
  });

  it('passes on when its holder is gone', async () => {
    const directory = fresh();
    const state = openGateState(directory, self);
    if (state === null) throw new Error('no state');
    writeFileSync(path.join(directory, `${self.pid}-${self.started}.lock`), `${GONE} 1`);
    expect(await takeTurn(state, '/p', 'dependency', AbortSignal.timeout(5000))).toBe('judge');
  });
});
