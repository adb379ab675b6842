using BackupOnline.Agent.Commands;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Stores;

namespace BackupOnline.Agent.Repositories;

internal static class StoreOpening
{
    public static IRepositoryStore Open(CommandContext context, RepositoryChoice choice) => throw new NotSupportedException(context.ToString() + choice);

    public static RepositoryOptions Options(CommandContext context) => new() { Time = context.Surroundings.Time };
}
