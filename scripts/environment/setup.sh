# Sourced by scripts/run, scripts/test and others: makes .venv ($KIOSK_VENV) match the lock file named in $lock_name with the
# Python named in $PYTHON, then does nothing until the lock, pyproject.toml or the Python changes. Wheels are kept, so a
# second set-up needs no network.
set -eu
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
lock="$root/scripts/environment/$lock_name"
venv=${KIOSK_VENV:-$root/.venv}
python=${PYTHON:-python3}
wheels="${XDG_CACHE_HOME:-$HOME/.cache}/station-kiosk/wheels"

command -v "$python" >/dev/null 2>&1 || {
  echo "Python 3.11 or newer is needed. Install it with: sudo apt install python3 python3-venv" >&2; exit 3; }
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  echo "Python 3.11 or newer is needed; this is $("$python" -V). On Debian 12 or newer: sudo apt install python3" >&2; exit 3; }
"$python" -c 'import venv, ensurepip' 2>/dev/null || {
  echo "Python's venv module is missing. Add it with: sudo apt install python3-venv" >&2; exit 3; }

stamp="$venv/set-up-$lock_name"
wanted=$(cat "$lock" "$root/pyproject.toml" | cksum; "$python" -V; echo "$root")
if [ "$(cat "$stamp" 2>/dev/null || true)" != "$wanted" ]; then
  echo "Setting up (the first time takes a minute) ..." >&2
  [ "$("$venv/bin/python" -V 2>/dev/null || true)" = "$("$python" -V)" ] || { rm -rf "$venv"; "$python" -m venv "$venv"; }
  pip="$venv/bin/python -m pip --disable-pip-version-check -q"
  if ! $pip install --no-index --find-links "$wheels" --require-hashes -r "$lock" >/dev/null 2>&1; then
    mkdir -p "$wheels"
    $pip download --require-hashes -d "$wheels" -r "$lock"
    $pip install --no-index --find-links "$wheels" --require-hashes -r "$lock"
  fi
  $pip install --no-index --no-deps --no-build-isolation -e "$root"
  printf '%s\n' "$wanted" > "$stamp"
fi
