namespace BackupOnline.SystemTests.Trees;

/// <summary>A tree with every odd thing that a backup meets.</summary>
internal static class OddTree
{
    /// <summary>
    /// Makes it. Device nodes and foreign owners only as root. Link targets are UTF-8: stock restic before 0.16 cannot keep others
    /// (linktarget_raw came then), and a judge must be able to judge.
    /// </summary>
    public static Task MakeAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        return Shell.RunAsync(
            """
            mkdir -p plain/deep/deeper "été" modes odd links sparse empty
            printf 'hello\n' > plain/hello.txt
            : > plain/empty.txt
            head -c 3000000 /dev/urandom > plain/deep/random.bin
            head -c 700000 /dev/zero > plain/deep/zeros.bin
            seq 200000 > plain/deep/deeper/numbers.txt

            # Names: not UTF-8, with newlines, quotes, backslashes, spaces, 255 bytes long.
            printf a > $'odd/latin1-\xe9\xff'
            printf b > $'odd/two\nlines'
            printf c > $'odd/quote"back\\slash'
            printf d > 'odd/ leading and trailing '
            printf e > "odd/$(head -c 255 /dev/zero | tr '\0' 'n')"
            printf f > 'odd/-dash'
            printf g > $'odd/tab\tand\x01control'
            printf h > 'odd/<&>'
            printf i > $'odd/line\xe2\x80\xa8separator'
            printf j > 'été/à la plage'
            mkdir $'odd/folder\xfe'
            printf k > $'odd/folder\xfe/inside'

            ln -s ../plain/hello.txt links/good
            ln -s nowhere links/dangling
            ln -s /etc/hostname links/absolute
            ln -s loop links/loop
            ln plain/hello.txt links/hard
            ln plain/deep/random.bin links/hard-random
            mkfifo links/fifo

            for mode in 0000 0400 0640 0755 4755 2755 1777; do printf x > modes/m$mode; chmod $mode modes/m$mode; done
            mkdir modes/folder2775 && chmod 2775 modes/folder2775
            mkdir modes/folder1777 && chmod 1777 modes/folder1777
            if [ "$(id -u)" = 0 ]; then
              chown 12345:54321 modes/m0640
              chown -h 12345:54321 links/dangling
              mknod links/null c 1 3 2>/dev/null || true
              mknod links/block b 7 0 2>/dev/null || true
            fi

            truncate -s 20M sparse/all-hole
            truncate -s 20M sparse/middle && printf data | dd of=sparse/middle bs=1 seek=9000000 conv=notrunc status=none
            printf data > sparse/tail-hole && truncate -s 5M sparse/tail-hole

            setfattr -n user.comment -v 'an attribute' plain/hello.txt
            setfattr -n user.bytes -v 0xfe00ff plain/deep
            setfattr -n user.empty plain/empty.txt

            touch -d '1969-07-20 20:17:40.123456789 UTC' plain/empty.txt
            touch -d '2038-01-19 03:14:08 UTC' plain/deep/zeros.bin
            touch -h -d '2001-02-03 04:05:06.7 UTC' links/dangling
            touch -d '2000-01-01 00:00:00.000000001 UTC' empty
            """, folder);
    }
}
