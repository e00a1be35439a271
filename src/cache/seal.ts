import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * HMAC-SHA256 over what a text is for and the text, in base64url. Only who has the key can make it.
 *
 * @param purpose where the text belongs, without a line break: sealed for one place, it is worth nothing at another
 */
export function sealOf(key: Buffer, purpose: string, text: string): string {
  return createHmac('sha256', key).update(`${purpose}\n${text}`).digest('base64url');
}

/** Whether `seal` is what {@link sealOf} makes. Takes the same time however much of it is right. */
export function isSeal(seal: unknown, key: Buffer, purpose: string, text: string): boolean {
  if (typeof seal !== 'string') return false;
  const given = Buffer.from(seal);
  const right = Buffer.from(sealOf(key, purpose, text));
  return given.length === right.length && timingSafeEqual(given, right);
}
