using System.Net;
using BackupOnline.Engine.Chunking;

namespace BackupOnline.Engine.Repositories;

/// <summary>How a repository is written. Checked by <see cref="Validate"/> when a repository is made or opened.</summary>
public sealed class RepositoryOptions
{
    internal const int MinPackSizeBytes = 4 << 20;
    internal const int MaxPackSizeBytes = 128 << 20;

    /// <summary>Compression of data blobs. Default: <see cref="Compression.Auto"/>.</summary>
    public Compression Compression { get; init; } = Compression.Auto;

    /// <summary>
    /// A pack is closed when it has this many bytes. Larger packs mean fewer files and more memory (up to 1 + <see cref="UploadConcurrency"/>, at least 3, packs of data and 3 of trees are held).
    /// 4 to 128 MiB, default 16 MiB.
    /// </summary>
    public int PackSizeBytes { get; init; } = 16 << 20;

    /// <summary>
    /// Every blob is opened, decompressed and hashed again before its pack is sent, as restic does from 0.16.4: finds what faulty memory spoilt. Costs some
    /// 1.3 ns of processor time per byte that is new. Default: on.
    /// </summary>
    public bool ExtraVerify { get; init; } = true;

    /// <summary>Packs on their way to the store at the same time. 1 to 32, default 2; a distant store gains by more.</summary>
    public int UploadConcurrency { get; init; } = 2;

    /// <summary>Index and other small objects read at the same time. 1 to 32, default 5.</summary>
    public int ReadConcurrency { get; init; } = 5;

    /// <summary>An index file is written when this many blobs wait for one. 1 to 100,000, default 50,000, as the format advises.</summary>
    public int IndexFlushBlobs { get; init; } = 50_000;

    /// <summary>
    /// A killed run loses only what no index file names yet. An index file is written when the oldest waiting blob is older than a tenth of the run so far,
    /// but at least this old (default 10 s) and at most <see cref="IndexFlushMaxAge"/>: few files for long runs, little loss for all.
    /// </summary>
    public TimeSpan IndexFlushMinAge { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Default 10 minutes, as stock restic.</summary>
    public TimeSpan IndexFlushMaxAge { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// For init alone: cut files where another repository cuts them, so that copies between the two store nothing twice. Null: a random one of its own.
    /// </summary>
    public Polynomial? ChunkerPolynomial { get; init; }

    /// <summary>Written into keys and locks. Default: this machine's host name, its domain included if it has one there.</summary>
    public string Hostname { get; init; } = Dns.GetHostName();

    /// <summary>Written into keys and locks. Default: the user that runs this process.</summary>
    public string Username { get; init; } = Environment.UserName;

    /// <summary>The clock for lock ages, index flushes and key files.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// Told, in a sentence for the user, what was passed over without failing: a stale lock removed, an unreadable key file skipped. May be called from any thread.
    /// </summary>
    public Action<string>? OnNotice { get; init; }

    /// <exception cref="ArgumentException">Names the property, its value and its bound.</exception>
    public void Validate()
    {
        Check(PackSizeBytes is >= MinPackSizeBytes and <= MaxPackSizeBytes, nameof(PackSizeBytes), PackSizeBytes, "between 4 MiB and 128 MiB");
        Check(UploadConcurrency is >= 1 and <= 32, nameof(UploadConcurrency), UploadConcurrency, "between 1 and 32");
        Check(ReadConcurrency is >= 1 and <= 32, nameof(ReadConcurrency), ReadConcurrency, "between 1 and 32");
        Check(IndexFlushBlobs is >= 1 and <= 100_000, nameof(IndexFlushBlobs), IndexFlushBlobs, "between 1 and 100000");
        Check(IndexFlushMinAge >= TimeSpan.Zero, nameof(IndexFlushMinAge), IndexFlushMinAge, "zero or more");
        Check(
            ChunkerPolynomial is null or { Degree: Polynomial.ChunkerDegree } && ChunkerPolynomial?.IsIrreducible() != false,
            nameof(ChunkerPolynomial),
            ChunkerPolynomial?.ToString() ?? "",
            "irreducible and of degree 53");
        Check(IndexFlushMaxAge >= IndexFlushMinAge, nameof(IndexFlushMaxAge), IndexFlushMaxAge, "at least IndexFlushMinAge");
    }

    private static void Check(bool holds, string property, object value, string bound)
    {
        if (!holds)
            throw new ArgumentException($"{property} is {value}; it must be {bound}.", property);
    }
}
