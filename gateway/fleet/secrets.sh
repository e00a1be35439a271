#!/bin/sh
# Makes the secrets that compose.yaml names, where there are none. The folder is for you alone; the files are open, since
# compose mounts them as they are and containers read them as a user of their own.
set -eu
cd "$(dirname "$0")"

mkdir -p -m 700 secrets
umask 022
echo '*' > secrets/.gitignore
for name in store_key store_password token_secret; do
  [ -s "secrets/$name" ] || head -c 16 /dev/urandom | od -An -tx1 | tr -d ' \n' > "secrets/$name"
done
