# libzstd and libsodium as archives, which the ahead-of-time compiled agent is linked with, so that it is one file. Sourced by machine.sh.
# They are built from sources of the very versions that everything else loads from packages (Directory.Packages.props): fetched from where Debian keeps them, accepted by their SHA-256 alone.

# A mirror of Debian's pool, or a folder with the two files: an URL, file:// too.
ARCHIVE_SOURCES="${BACKUPONLINE_SOURCES:-http://deb.debian.org/debian/pool/main}"
ZSTD_SOURCE="libz/libzstd/libzstd_1.5.7+dfsg.orig.tar.xz 0c092ef267edce57ba7f3f2645c861f72eaf5e76273c6c3632869423464b90a5"
SODIUM_SOURCE="libs/libsodium/libsodium_1.0.22.orig.tar.gz 5838bb0c3da6148c24ebe531d1ed1297de9a87aea77d426bcd99f289e681631c"

need_archive_tools() {
  need_native_linker
  need_command make make
  need_command xz xz-utils
  need_command curl curl
  [ -e /usr/include/stdio.h ] || install_packages libc6-dev
}

# unpack PATH SHA256 FOLDER: the source, without its outermost folder.
unpack() {
  local url file="$3.tar"
  for url in "$ARCHIVE_SOURCES/$1" "$ARCHIVE_SOURCES/${1##*/}"; do
    # apt's own way to the pool is the one that this machine's administrator has set up.
    if [ -x /usr/lib/apt/apt-helper ] && /usr/lib/apt/apt-helper download-file "$url" "$file" "SHA256:$2" >/dev/null 2>&1; then break; fi
    if curl -fsSL --retry 3 --connect-timeout 20 --max-time 300 -o "$file" "$url" 2>/dev/null; then break; fi
  done
  [ -s "$file" ] || fail "no ${1##*/} at $ARCHIVE_SOURCES; set BACKUPONLINE_SOURCES to a mirror of Debian's pool, or to file:// and a folder that holds it"
  echo "$2  $file" | sha256sum --check --status || fail "${1##*/} from $ARCHIVE_SOURCES is not the file that scripts/lib/archives.sh names by its SHA-256; nothing of it was used"
  mkdir -p "$3" && tar -xf "$file" -C "$3" --strip-components 1
}

# archives PLATFORM: prints the folder with libzstd.a and libsodium.a for linux-x64, linux-x64-v3 or linux-arm64; made when they, or this file, are new.
archives() {
  local folder="$ROOT/artifacts/archives/$1" compiler flags=-O3
  [ "$1" != linux-x64-v3 ] || flags="$flags -march=x86-64-v3"
  compiler="$(command -v gcc || command -v clang)" || fail "no C compiler: gcc or clang is needed"
  mkdir -p "${folder%/*}"
  exec 7>"$folder.lock"
  flock 7
  if [ ! -e "$folder/made" ] || [ "$ROOT/scripts/lib/archives.sh" -nt "$folder/made" ]; then
    say "libzstd and libsodium for $1"
    rm -rf "$folder"
    mkdir -p "$folder"
    (
      # Behind "||" the shell goes on after a failure: each step is asked for.
      unpack $ZSTD_SOURCE "$folder/zstd" &&
        unpack $SODIUM_SOURCE "$folder/sodium" &&
        make -s -C "$folder/zstd/lib" -j "$(nproc)" libzstd.a CC="$compiler" CFLAGS="$flags -ffunction-sections -fdata-sections" ZSTD_LEGACY_SUPPORT=0 ZSTD_LIB_DICTBUILDER=0 &&
        cd "$folder/sodium" &&
        CC="$compiler" CFLAGS="$flags -ffunction-sections -fdata-sections" ./configure --quiet --disable-shared --disable-dependency-tracking &&
        make -s -j "$(nproc)" -C src/libsodium libsodium.la &&
        cp "$folder/zstd/lib/libzstd.a" "$folder/sodium/src/libsodium/.libs/libsodium.a" "$folder" &&
        mkdir "$folder/licenses" &&
        cp "$folder/zstd/LICENSE" "$folder/licenses/libzstd.txt" &&
        cp "$folder/sodium/LICENSE" "$folder/licenses/libsodium.txt" &&
        rm -rf "$folder"/{zstd,sodium}* &&
        touch "$folder/made"
    ) >"$folder/log" 2>&1 || { tail -20 "$folder/log" >&2; fail "libzstd and libsodium could not be built; the whole log: $folder/log"; }
  fi
  exec 7>&-
  echo "$folder"
}
