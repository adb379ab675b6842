using BackupOnline.Client.Access;
using BackupOnline.Client.Answers;
using BackupOnline.Client.Cluster;
using BackupOnline.Client.Problems;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Vaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BackupOnline.Client.Vaults;

/// <summary>Keys of hot vaults (decision 19): sealed to a host at its own request, or to a person when two agree. No clear key passes here.</summary>
internal static class KeyEndpoints
{
    /// <summary>The code of a refusal that is over in a moment.</summary>
    private const string NotReady = "key-not-ready";

    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(2);

    public static void MapVaultKeys(this ApiGroups api)
    {
        var vault = api.Tenant.MapGroup("/vaults/{vault}").WithTags("Keys of hot vaults");
        vault.MapGet("/sealed-key", SealedKeyAsync).RequireAuthorization(Policies.Host)
            .ProducesProblem(StatusCodes.Status409Conflict).Named("readSealedKey", "An agent gets its hot vault's key, sealed to the key that it made at enrolment");
        var openings = vault.MapGroup("/key-openings").RequireAuthorization(Policies.Operator);
        openings.MapPost("/", RequestAsync).Named("requestKeyOpening", "An operator asks for a hot vault's key, with a reason; another one has to agree");
        openings.MapGet("/", ListAsync).Named("listKeyOpenings", "Lists openings of the key, newest first");
        openings.MapGet("/{opening}", ReadAsync).Named("readKeyOpening", "Reads an opening; who asked gets the sealed key, each time with an entry in the log");
        openings.MapPost("/{opening}/approval", ApproveAsync).Named("approveKeyOpening", "Another operator agrees to an opening");
    }

    private static async Task<Results<Ok<SealedKeyView>, ProblemHttpResult>> SealedKeyAsync(string tenant, string vault, HttpContext http, ClusterCalls cluster)
    {
        var request = new AskSealedKey { Caller = CallerOf.Request(http), Host = Visitor.Of(http).Host! };
        var reply = await cluster.AskAsync(grains => grains.Get(new VaultKey(tenant, vault)).SealedKeyAsync(request, CancellationToken.None), http.RequestAborted);
        if (reply.Succeeded)
            return TypedResults.Ok(new SealedKeyView { SealedKey = reply.Value.Sealed });
        return reply.Refusal.Code == NotReady
            ? Problem.Later(StatusCodes.Status409Conflict, reply.Refusal.Code, reply.Refusal.Advice, AskAgainAfter)
            : Problem.From(reply.Refusal);
    }

    private static async Task<Results<Created<KeyOpeningView>, Ok<KeyOpeningView>, ProblemHttpResult>> RequestAsync(
        string tenant, string vault, RequestOpeningBody body, HttpContext http, ClusterCalls cluster)
    {
        var request = new RequestKeyOpening { Caller = CallerOf.Request(http), Reason = body.Reason, PublicKey = body.PublicKey };
        var reply = await cluster.AskAsync(grains => grains.Get(new VaultKey(tenant, vault)).RequestKeyOpeningAsync(request, CancellationToken.None), http.RequestAborted);
        return Answer.Made(http, reply, $"/tenants/{tenant}/vaults/{vault}/key-openings/{reply.Value?.Id}");
    }

    private static async Task<Results<Ok<Page<KeyOpeningView>>, ProblemHttpResult>> ListAsync(
        string tenant, string vault, [AsParameters] PageQuery page, HttpContext http, ClusterCalls cluster)
    {
        if (page.Fault() is { } fault)
            return fault;
        var reply = await cluster.AskAsync(grains => grains.Get(new VaultKey(tenant, vault)).KeyOpeningsAsync(CancellationToken.None), http.RequestAborted);
        return reply.Succeeded ? TypedResults.Ok(page.Of(reply.Value.Items, opening => opening.Id)) : Problem.From(reply.Refusal);
    }

    private static async Task<Results<Ok<KeyOpeningView>, ProblemHttpResult>> ReadAsync(string tenant, string vault, string opening, HttpContext http, ClusterCalls cluster)
    {
        var caller = CallerOf.Request(http);
        var reply = await cluster.AskAsync(grains => grains.Get(new VaultKey(tenant, vault)).ReadKeyOpeningAsync(caller, opening, CancellationToken.None), http.RequestAborted);
        return Answer.Of(http, reply);
    }

    private static async Task<Results<Ok<KeyOpeningView>, ProblemHttpResult>> ApproveAsync(string tenant, string vault, string opening, HttpContext http, ClusterCalls cluster)
    {
        var visitor = Visitor.Of(http);
        var keys = await cluster.AskAsync(grains => grains.Get(new KeyringKey(visitor.Scope)).ListAsync(CancellationToken.None), http.RequestAborted);
        if (!keys.Succeeded)
            return Problem.From(keys.Refusal);
        var own = keys.Value.Items.FirstOrDefault(key => key.KeyId == visitor.Name);
        if (own is null)
            return Problem.Unknown("opening");

        // One person with a fresh second key is still one person.
        var request = new ApproveKeyOpening { Caller = CallerOf.Request(http), Opening = opening, ApproverSince = own.CreatedAt };
        var reply = await cluster.AskAsync(grains => grains.Get(new VaultKey(tenant, vault)).ApproveKeyOpeningAsync(request, CancellationToken.None), http.RequestAborted);
        return Answer.Of(http, reply);
    }
}
