#!/usr/bin/env bash
# Builds the browser's files into target/site: wasm and its loader, style sheet, icons and fonts, each beside a brotli and a gzip
# copy. With --local into target/site-local, compiled fast instead of small; with --dev into target/site-dev, without optimization;
# both without the copies.
# XTASK is the tool that writes the loader, if it is built already.
. "$(dirname "$0")/environment.sh"

# The tool that writes the loader is built in a profile that is built anyway.
profile=wasm-release out=target/site tools=dev debug=()
case "${1:-}" in
  --local) profile=local out=target/site-local tools=local ;;
  --dev) profile=dev out=target/site-dev debug=(--debug) ;;
esac
directory=${profile/#dev/debug}
# The features that every browser of the last four years has; --all-features would produce a file that browsers refuse.
wasm_features=(--enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext --enable-mutable-globals --enable-reference-types --enable-multivalue)

use_toolchain
scripts/setup-npm.sh
mkdir -p "$out/pkg"

say "compiling the islands ($profile)"
# Keeps the folders of the build machine out of the shipped files.
RUSTFLAGS="${RUSTFLAGS:-} --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}/registry/src= --remap-path-prefix=$PWD=" \
  cargo build "${QUIET[@]}" -p frontend --profile "$profile" --target wasm32-unknown-unknown ||
  fail "the islands do not compile for the browser (see above)"
wasm=target/wasm32-unknown-unknown/$directory/frontend.wasm

inputs=$(fingerprint "$wasm" xtask/src/main.rs xtask/Cargo.toml Cargo.lock "$0" package-lock.json)
if ! up_to_date "bindgen-$profile" "$inputs" || [ ! -f "$out/pkg/creator-goals_bg.wasm" ]; then
  say "writing the loader (wasm-bindgen)"
  [ -n "${XTASK:-}" ] || cargo build "${QUIET[@]}" --profile "$tools" -p xtask
  rm -rf "target/bindgen-$profile"
  "${XTASK:-target/${tools/#dev/debug}/xtask}" bindgen "$wasm" "target/bindgen-$profile" "${debug[@]}"
  if [ "$profile" = wasm-release ]; then
    say "shrinking the wasm (wasm-opt)"
    # Rebuilding the loops from flat code, and a second round, save another percent.
    node_modules/.bin/wasm-opt --flatten --rereloop -Oz -Oz --strip-debug --strip-producers "${wasm_features[@]}" \
      "target/bindgen-$profile/creator-goals_bg.wasm" -o "target/bindgen-$profile/optimized.wasm"
    mv "target/bindgen-$profile/optimized.wasm" "target/bindgen-$profile/creator-goals_bg.wasm"
  fi
  cp "target/bindgen-$profile/creator-goals.js" "target/bindgen-$profile/creator-goals_bg.wasm" "$out/pkg/"
  done_with "bindgen-$profile" "$inputs"
fi

cmp -s frontend/live.js "$out/pkg/creator-goals-live.js" || cp frontend/live.js "$out/pkg/creator-goals-live.js"

mapfile -t styled < <(find style app/src -type f | sort)
inputs=$(fingerprint "${styled[@]}" package-lock.json "$0")
if ! up_to_date "style-$profile" "$inputs" || [ ! -f "$out/pkg/creator-goals.css" ]; then
  say "writing the style sheet (Tailwind)"
  node_modules/.bin/tailwindcss -i style/main.css -o "$out/pkg/creator-goals.css" --minify 2>"target/tailwind.log" ||
    { cat target/tailwind.log >&2; fail "Tailwind could not read style/main.css (see above)"; }
  # Removes files that are no longer in style/assets; the built files and compressed copies stay.
  (cd "$out/pkg" && find . -type f ! -name 'creator-goals*' ! -name '*.br' ! -name '*.gz' -exec sh -c \
    'for file; do [ -e "../../../style/assets/$file" ] || rm "$file"; done' sh {} +)
  cp -R style/assets/. "$out/pkg/"
  done_with "style-$profile" "$inputs"
fi

# `make run` serves this machine, so its files need no smaller copies.
if [ "$profile" = wasm-release ]; then
  node scripts/compress.mjs "$out/pkg"
else
  find "$out/pkg" \( -name '*.br' -o -name '*.gz' \) -delete
fi
