using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.StorageNode.Announcements;
using BackupOnline.StorageNode.Credentials;
using BackupOnline.StorageNode.Disks;
using BackupOnline.StorageNode.Objects;
using BackupOnline.StorageNode.Vaults;
using Microsoft.AspNetCore.Http;

namespace BackupOnline.StorageNode.Protocol;

/// <summary>DELETE: locks by their owners or when stale, everything else hidden by prune credentials alone, the config never (decisions 16 and 17).</summary>
internal sealed class Deletion(DiskCrew crew, News news)
{
    public async Task AnswerAsync(HttpContext context, Vault vault, ObjectId id, Admission admission)
    {
        var verdict = admission.Verdict!;
        if (id.Type == ObjectType.Config)
        {
            await Answer.TextAsync(context, StatusCodes.Status403Forbidden, "Forbidden: a vault's config is never deleted");
        }
        else if (id.Type == ObjectType.Locks)
        {
            var mayRemoveStale = verdict.Scope is CredentialScope.Append or CredentialScope.Prune;
            if (await crew.RunAsync(() => vault.RemoveLock(id, admission.KeyId!, mayRemoveStale)) == LockRemoval.NotYours)
                await Answer.TextAsync(context, StatusCodes.Status403Forbidden, "Forbidden: the lock is another credential's; append and prune credentials may remove it once it is over 30 minutes old");
            else
                news.Changed(vault);
        }
        else if (verdict.Scope != CredentialScope.Prune)
        {
            await Answer.TextAsync(context, StatusCodes.Status403Forbidden, $"Forbidden: a credential of scope '{Scopes.Word(verdict.Scope)}' may not delete; use one of scope 'prune'");
        }
        else if (await crew.RunAsync(() => vault.Hide(id, verdict.ImmutabilityWindow)))
        {
            news.Changed(vault);
        }
    }
}
