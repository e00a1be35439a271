#!/bin/sh
# Hands the secrets, which are files, to what reads them: the guard has variables, Verdaccio its database.
set -eu

# systemd names its folder of secrets, and Verdaccio takes that of its storage from the environment.
secrets=${CREDENTIALS_DIRECTORY:-/run/secrets}
storage=${VERDACCIO_STORAGE_PATH:-/verdaccio/storage}

PHANTOM_GUARD_CACHE_KEY=$(cat "$secrets/store_key")
PHANTOM_GUARD_STORE_PASSWORD=$(cat "$secrets/store_password")
export PHANTOM_GUARD_CACHE_KEY PHANTOM_GUARD_STORE_PASSWORD

# One secret for all instances, or a token of one would be none to the next. The list is of packages published here: none are.
umask 077
printf '{"list":[],"secret":"%s"}' "$(cat "$secrets/token_secret")" > "$storage/.verdaccio-db.json"

exec "$@"
