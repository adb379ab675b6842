using BackupOnline.Grains.Interfaces.Access;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Persistence.Embedded;
using BackupOnline.Silo.Settings;
using Npgsql;

namespace BackupOnline.Silo.Access;

/// <summary>
/// Makes the operators' first key at the first start. The secret is on the disk before its hash is registered: a crash between leaves a file whose key the
/// next start registers. The database's lock keeps silos that start together from making two.
/// </summary>
internal sealed partial class FirstOperatorKey(SiloSettings settings, NpgsqlDataSource database, IGrainFactory grains, TimeProvider time, ILogger<FirstOperatorKey> log)
    : BackgroundService
{
    private const string TakeLock = "select pg_advisory_xact_lock(hashtextextended('backuponline first operator key', 0))";
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(3);

    private string KeyFile => Path.Combine(settings.Run, "operator-key");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(stoppingToken);
                await using var transaction = await connection.BeginTransactionAsync(stoppingToken);
                await using var command = new NpgsqlCommand(TakeLock, connection, transaction);
                await command.ExecuteNonQueryAsync(stoppingToken);
                await EnsureAsync(stoppingToken);
                return;
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(fault, RetryAfter);
                await Task.Delay(RetryAfter, time, stoppingToken);
            }
        }
    }

    private async Task EnsureAsync(CancellationToken cancellation)
    {
        var ring = grains.Get(new KeyringKey(KeyringKey.Operators));
        var known = await ring.ListAsync(cancellation);
        if (known.Value is not { } keys)
            throw new InvalidOperationException($"The operators' ring refused to be listed: {known.Refusal?.Code}.");
        if (Read() is { } kept)
        {
            if (!keys.Items.Any(key => key.KeyId == kept.KeyId))
                await RegisterAsync(ring, kept, cancellation);
        }
        else if (keys.Items.IsEmpty)
        {
            var made = new OperatorKey(SecretText.NewId('k'), SecretText.NewSecret());
            PrivateFile.Write(KeyFile, made.Text + "\n");
            await RegisterAsync(ring, made, cancellation);
            LogMade(KeyFile);
            if (!Console.IsOutputRedirected)
                Console.WriteLine($"The first operator's key, shown once: {made.Text}");
        }
    }

    private static async Task RegisterAsync(IKeyringGrain ring, OperatorKey key, CancellationToken cancellation)
    {
        var reply = await ring.IssueAsync(
            new()
            {
                Caller = new() { Operation = $"first-operator-key/{key.KeyId}", Actor = "silo" },
                KeyId = key.KeyId,
                SecretSha256 = SecretText.Sha256(key.Secret),
                Role = AccessRole.Operator,
                Label = "first operator key",
            },
            cancellation);
        if (reply.Refusal is { } refusal)
            throw new InvalidOperationException($"The operators' ring refused the first key: {refusal.Code}.");
    }

    private OperatorKey? Read() => File.Exists(KeyFile) ? OperatorKey.Parse(File.ReadAllText(KeyFile).Trim()) : null;

    [LoggerMessage(1, LogLevel.Information, "FirstOperatorKeyMade: it lies in {Path}, readable for its owner only.")]
    private partial void LogMade(string path);

    [LoggerMessage(2, LogLevel.Warning, "FirstOperatorKeyFailed: next try in {RetryAfter}.")]
    private partial void LogFailed(Exception fault, TimeSpan retryAfter);
}
