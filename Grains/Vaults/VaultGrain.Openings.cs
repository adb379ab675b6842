using System.Collections.Immutable;
using BackupOnline.Grains.Interfaces.Access;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.Grains.Records;
using BackupOnline.Grains.Requests;

namespace BackupOnline.Grains.Vaults;

/// <summary>A person gets a hot vault's key: one asks, another agrees, the storage side seals it to the first one's own key. All of it is in the tenant's log.</summary>
internal sealed partial class VaultGrain
{
    private const int MostOpenRequests = 20;

    /// <summary>Those that are over; older ones are told by the log alone.</summary>
    private const int MostOldOpenings = 50;

    /// <summary>For the second person to agree.</summary>
    private static readonly TimeSpan RequestLife = TimeSpan.FromHours(24);

    /// <summary>To fetch what was agreed to.</summary>
    private static readonly TimeSpan ApprovedLife = TimeSpan.FromHours(1);

    private ImmutableArray<KeyOpeningState> shownOpenings = [];

    public async Task<Reply<KeyOpeningView>> RequestKeyOpeningAsync(RequestKeyOpening request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? Check.Text(request.Reason, "reason", 10, 500) ?? Check.PublicKey(request.PublicKey)) is { } wrong) return wrong;
        if (!Exists) return Unknown.Vault;
        if (!State.Hot) return NotHot;

        var operation = Operation.Of(request.Caller, "request-opening", request.Reason, request.PublicKey);
        if (Recall(operation, made => FindOpening(made)?.ToView(Now, withKey: false)) is { } known) return known;
        TidyOpenings();
        if (State.Openings.Count(opening => !opening.IsOver(Now)) >= MostOpenRequests)
        {
            return Refusal.Conflict("too-many-openings", $"A vault has at most {MostOpenRequests} openings at once. Wait until one is over.");
        }

        var opening = new KeyOpeningState
        {
            Id = SecretText.NewId('o'),
            Reason = request.Reason,
            PublicKey = request.PublicKey,
            RequestedBy = request.Caller.Actor,
            RequestedAt = Now,
            ExpiresAt = Now + RequestLife,
        };
        State.Openings.Add(opening);
        State.Operations.Remember(operation, opening.Id);
        Note(Key.Tenant, "key.opening-requested", request.Caller, ("opening", opening.Id), ("reason", opening.Reason), ("publicKey", opening.PublicKey));
        await SaveAsync();
        return Reply<KeyOpeningView>.Done(opening.ToView(Now, withKey: false));
    }

    public async Task<Reply<KeyOpeningView>> ApproveKeyOpeningAsync(ApproveKeyOpening request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? Check.KeyId(request.Opening, 'o')) is { } wrong) return wrong;
        if (FindOpening(request.Opening) is not { } opening) return Unknown.Opening;
        if (opening.IsOver(Now)) return Refusal.Conflict("opening-expired", "This request is over. Ask for a new opening.");
        if (opening.ApprovedAt is not null)
        {
            return opening.ApprovedBy == request.Caller.Actor
                ? Reply<KeyOpeningView>.Repeated(opening.ToView(Now, withKey: false))
                : Refusal.Conflict("opening-approved", "Somebody has agreed to this opening already.");
        }

        if (opening.RequestedBy == request.Caller.Actor)
        {
            return Refusal.Forbidden("second-person-needed", "Who asked cannot agree. Another operator has to, with a key of their own.");
        }

        if (request.ApproverSince > opening.RequestedAt)
        {
            return Refusal.Forbidden("approver-too-new", "The key that agrees was made after the request. Another operator has to agree, with a key that they had before.");
        }

        var approved = opening with { ApprovedBy = request.Caller.Actor, ApprovedAt = Now, ExpiresAt = Now + ApprovedLife };
        Put(approved);
        State.SealsWanted.Add(approved.Want);
        Note(Key.Tenant, "key.opening-approved", request.Caller, ("opening", opening.Id), ("requestedBy", opening.RequestedBy), ("reason", opening.Reason));
        await SaveAsync();
        await AskStorageAsync();
        return Reply<KeyOpeningView>.Done(approved.ToView(Now, withKey: false));
    }

    public async Task<Reply<KeyOpeningView>> ReadKeyOpeningAsync(Caller caller, string opening, CancellationToken cancellation)
    {
        if (Check.Caller(caller) is { } wrong) return wrong;
        if (FindOpening(opening) is not { } found) return Unknown.Opening;
        var view = found.ToView(Now, withKey: found.RequestedBy == caller.Actor);
        if (view.SealedKey is null) return Reply<KeyOpeningView>.Done(view);

        Note(Key.Tenant, "key.opening-fetched", caller, ("opening", found.Id));
        await SaveAsync();
        return Reply<KeyOpeningView>.Done(view);
    }

    public Task<Reply<KeyOpeningList>> KeyOpeningsAsync(CancellationToken cancellation) => Task.FromResult(Shown is null
        ? (Reply<KeyOpeningList>)Unknown.Vault
        : Reply<KeyOpeningList>.Done(new() { Items = [.. shownOpenings.Reverse().Select(opening => opening.ToView(Now, withKey: false))] }));

    private KeyOpeningState? FindOpening(string? id) => State.Openings.Find(opening => opening.Id == id);

    private void TakeOpened(SealMade made)
    {
        if (State.Openings.Find(opening => opening.Want == made.For) is not { } opening || opening.IsOver(Now)) return;
        Put(made.Sealed is null ? opening with { ExpiresAt = Now } : opening with { Sealed = made.Sealed });
    }

    private void Put(KeyOpeningState opening) => State.Openings[State.Openings.FindIndex(kept => kept.Id == opening.Id)] = opening;

    // What is over is no longer sealed for, and its seal goes.
    private void TidyOpenings()
    {
        foreach (var over in State.Openings.Where(opening => opening.IsOver(Now)).ToList())
        {
            State.SealsWanted.Remove(over.Want);
            Put(over with { Sealed = null });
        }

        var old = State.Openings.Where(opening => opening.IsOver(Now)).OrderByDescending(opening => opening.RequestedAt).Skip(MostOldOpenings).ToHashSet();
        State.Openings.RemoveAll(old.Contains);
    }
}
