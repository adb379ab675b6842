using System.Globalization;
using BackupOnline.Client.Problems;
using BackupOnline.Grains.Interfaces.BackupSets;
using BackupOnline.Grains.Interfaces.Contracts;
using BackupOnline.Grains.Interfaces.Hosts;
using BackupOnline.Grains.Interfaces.Jobs;
using BackupOnline.Grains.Interfaces.Nodes;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Tenants;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.Grains.Interfaces.VirtualMachines;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BackupOnline.Client.Answers;

/// <summary>Replies of grains as HTTP answers.</summary>
internal static class Answer
{
    /// <summary>200 with the view and its ETag.</summary>
    public static Results<Ok<T>, ProblemHttpResult> Of<T>(HttpContext http, Reply<T> reply)
        where T : class
    {
        if (!reply.Succeeded)
            return Problem.From(reply.Refusal);
        Tag(http, reply.Value);
        return TypedResults.Ok(reply.Value);
    }

    /// <summary>201 for what was made now, 200 for what had been made before under the same operation id.</summary>
    public static Results<Created<T>, Ok<T>, ProblemHttpResult> Made<T>(HttpContext http, Reply<T> reply, string location)
        where T : class => Made(http, reply, location, view => view);

    /// <summary>As <see cref="Made{T}(HttpContext, Reply{T}, string)"/>, with more around the view: a secret that is shown once.</summary>
    public static Results<Created<TBody>, Ok<TBody>, ProblemHttpResult> Made<T, TBody>(HttpContext http, Reply<T> reply, string location, Func<T, TBody> body)
        where T : class
    {
        if (!reply.Succeeded)
            return Problem.From(reply.Refusal);
        Tag(http, reply.Value);
        return CallerOf.MadeBy(http, reply) ? TypedResults.Created($"/api/v1{location}", body(reply.Value)) : TypedResults.Ok(body(reply.Value));
    }

    private static void Tag(HttpContext http, object view)
    {
        if (VersionOf(view) is { } version)
            http.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
    }

    private static long? VersionOf(object view) => view switch
    {
        TenantView tenant => tenant.Version,
        VaultView vault => vault.Version,
        BackupSetView set => set.Version,
        HostView host => host.Version,
        JobView job => job.Version,
        NodeView node => node.Version,
        VmView vm => vm.Version,
        ContractView contract => contract.Version,
        _ => null,
    };
}
