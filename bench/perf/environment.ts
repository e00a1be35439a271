import { execFileSync } from 'node:child_process';
import { cpus, release, totalmem } from 'node:os';

/** What figures depend on besides the code. */
export type Environment = {
  readonly date: string;
  readonly commit: string;
  /** Files differ from the commit. */
  readonly isChanged: boolean;
  readonly node: string;
  readonly system: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
};

export function readEnvironment(): Environment {
  const git = (...args: string[]): string => execFileSync('git', args, { encoding: 'utf8' }).trim();
  return {
    date: new Date().toISOString().slice(0, 10),
    commit: git('rev-parse', 'HEAD'),
    isChanged: git('status', '--porcelain', '--untracked-files=no') !== '',
    node: process.version,
    system: `${process.platform} ${release()} ${process.arch}`,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 1e9),
  };
}
