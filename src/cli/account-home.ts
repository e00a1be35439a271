import { homedir, userInfo } from 'node:os';

/** The home that the system has on record for this account; `$HOME` where it has none, as in containers with any user id. */
export function accountHome(): string {
  try {
    return userInfo().homedir || homedir();
  } catch {
    return homedir();
  }
}
