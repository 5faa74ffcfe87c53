# What ./inv publish does on a server of your own, over ssh: POSIX sh and rsync, and one of mv -T and mv -h.
# Arguments: a verb, the folder, and what the verb needs. Exit 75: another release went live meanwhile.
set -eu
umask 022
verb=$1
if [ ! -d "$2" ]; then
    [ "$verb" != state ] || { echo && exit; }
    mkdir -p -- "$2"
fi
cd -- "$2"
shift 2

live() {
    if [ -L current ]; then
        at=$(readlink current)
        printf '%s\n' "${at##*/}"
    elif [ -e current ]; then
        echo "$PWD/current is not a link that Broadside made: move it away" >&2
        exit 1
    else
        echo
    fi
}

# One run at a time may look and swap. A lock whose owner is gone is nobody's.
lock() {
    tries=0
    until ln -s "$$" lock 2>/dev/null; do
        owner=$(readlink lock || echo)
        if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then
            mv lock "lock.$$" 2>/dev/null && rm -f "lock.$$"
        fi
        tries=$((tries + 1))
        [ "$tries" -lt 30 ] || { echo "$PWD/lock has been there for 30 seconds" >&2; exit 1; }
        sleep 1
    done
    trap 'rm -f lock' EXIT
    trap 'exit 1' HUP INT TERM
}

# swap OLD NEW: what was OLD becomes NEW in one step, unless it is no longer OLD.
swap() {
    [ "$(live)" = "$1" ] || exit 75
    rm -f current.new
    ln -s "releases/$2" current.new
    mv -T current.new current 2>/dev/null || mv -h current.new current
}

case $verb in
state) # what is live, and then the head of each release, a line each
    live
    for head in records/*.head; do
        [ ! -f "$head" ] || [ ! -d "releases/$(basename "$head" .head)" ] || cat "$head"
    done
    ;;
begin) # BASE NEW: make the folder in which NEW grows, with every file of BASE in it by a hard link
    mkdir -p releases records incoming
    lock # two may make the same release
    if [ -d "releases/$2" ]; then
        echo ready
        exit
    fi
    if [ ! -d "incoming/$2.$1" ]; then
        mkdir -p "incoming/$2.seed"
        if [ -n "$1" ]; then
            rsync -a --delete --link-dest="$PWD/releases/$1" "releases/$1/" "incoming/$2.seed/"
        fi
        mv "incoming/$2.seed" "incoming/$2.$1"
    fi
    if [ ! -f "records/$2.json" ] && [ -f "records/$1.json" ]; then
        cp "records/$1.json" "records/$2.part" && mv "records/$2.part" "records/$2.json"
    fi
    ;;
finish) # OLD NEW BASE COUNT HEAD; standard input: what to take away, a path a line, and then what must be kept
    if [ ! -d "releases/$2" ]; then
        grown=incoming/$2.$3
        while IFS= read -r path && [ -n "$path" ]; do
            case $path in
            */) rmdir -- "$grown/$path" 2>/dev/null || : ;;
            *) rm -f -- "$grown/$path" ;;
            esac
        done
        found=$(find "$grown" -type f | wc -l)
        if [ "$found" -ne "$4" ]; then
            rm -rf "$grown"
            echo "the server holds $found files of $4: what grew there was thrown away" >&2
            exit 74
        fi
        sync
        # Another run of the same release may have been quicker; whatever else is wrong, the second mv says.
        mv "$grown" "releases/$2" 2>/dev/null || [ -d "releases/$2" ] || mv "$grown" "releases/$2"
    else
        while IFS= read -r path && [ -n "$path" ]; do :; done
    fi
    lock
    [ "$(live)" = "$1" ] || exit 75
    printf '%s\n' "$5" >"records/$2.head.part"
    mv "records/$2.head.part" "records/$2.head"
    swap "$1" "$2"
    keep=" "
    while IFS= read -r id; do keep="$keep$id "; done
    for path in releases/* incoming/*; do
        id=$(basename "$path")
        id=${id%%.*}
        case $keep in *" $id "*) continue ;; esac
        case $path in
        incoming/*) [ "$(printf '%s\n' "$id" "$2" | sort | head -n 1)" = "$id" ] || continue ;;
        esac
        rm -rf "$path" "records/$id.head" "records/$id.json"
    done
    ;;
renew) # OLD HEAD: what is live was made of another commit too
    lock
    [ "$(live)" = "$1" ] || exit 75
    printf '%s\n' "$2" >"records/$1.head.part"
    mv "records/$1.head.part" "records/$1.head"
    ;;
switch) # OLD NEW: go back to a release that is there
    [ -d "releases/$2" ] || { echo "releases/$2 is not there" >&2; exit 1; }
    lock
    swap "$1" "$2"
    ;;
esac
