import { type KeptPlace, readKept } from './read-kept.js';
import { REMEMBERED_FOLDER, type Remembered } from './remembered.js';

export type RecallContext = {
  readonly nowMs: number;
  readonly env: Readonly<Record<string, string | undefined>>;
};

/**
 * The report that was made under this key, where everything that it was made from is as it was and still fresh; else
 * `null`, for whatever reason.
 */
export function recallVerdict(
  place: Omit<KeptPlace, 'folder'>,
  key: string,
  { nowMs, env }: RecallContext,
): Remembered | null {
  const remembered = readKept<Remembered>({ ...place, folder: REMEMBERED_FOLDER }, key, env);
  if (remembered === null) return null;
  const { madeAtMs, untilMs, report } = remembered;
  const isFresh = madeAtMs <= nowMs && nowMs < untilMs;
  return isFresh && report?.status === 'allowed' ? remembered : null;
}
