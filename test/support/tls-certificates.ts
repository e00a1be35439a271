import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** PEM texts: an authority of our own, a server certificate for loopback and `*.registry.test`, and a client's. */
export type TestCertificates = {
  readonly ca: string;
  readonly server: { readonly cert: string; readonly key: string };
  readonly client: { readonly cert: string; readonly key: string };
};

const SERVER_EXTENSIONS = 'subjectAltName=IP:127.0.0.1,DNS:localhost,DNS:registry.test,DNS:*.registry.test';
let made: TestCertificates | null = null;

/** Makes the certificates with the openssl of this machine, once per process; they are never on disk afterwards. */
export function testCertificates(): TestCertificates {
  made ??= make();
  return made;
}

function make(): TestCertificates {
  const folder = mkdtempSync(join(tmpdir(), 'phantom-guard-tls-'));
  const openssl = (...args: readonly string[]): void => {
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  };
  const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  try {
    openssl(
      'req',
      '-x509',
      ...newKey,
      '-subj',
      '/CN=Phantom Guard test CA',
      '-days',
      '2',
      '-keyout',
      'ca.key',
      '-out',
      'ca.pem',
    );
    for (const [name, extensions] of Object.entries({
      server: SERVER_EXTENSIONS,
      client: 'extendedKeyUsage=clientAuth',
    })) {
      writeFileSync(join(folder, `${name}.ext`), extensions);
      openssl('req', ...newKey, '-subj', `/CN=${name}`, '-keyout', `${name}.key`, '-out', `${name}.csr`);
      openssl(
        'x509',
        '-req',
        '-in',
        `${name}.csr`,
        '-CA',
        'ca.pem',
        '-CAkey',
        'ca.key',
        '-CAcreateserial',
        '-days',
        '2',
        '-extfile',
        `${name}.ext`,
        '-out',
        `${name}.pem`,
      );
    }
    return {
      ca: read('ca.pem'),
      server: { cert: read('server.pem'), key: read('server.key') },
      client: { cert: read('client.pem'), key: read('client.key') },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
