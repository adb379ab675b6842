using System.Text.Json;
using BackupOnline.StorageNode.Disks;
using BackupOnline.StorageNode.Objects;
using BackupOnline.StorageNode.Vaults;
using Microsoft.AspNetCore.Http;

namespace BackupOnline.StorageNode.Protocol;

/// <summary>The version 2 listing of one type, <c>[{"name","size"}]</c>, sent page by page so that memory does not grow with the vault.</summary>
internal sealed class Listing(DiskCrew crew)
{
    private const string ContentType = "application/vnd.x.restic.rest.v2";
    private const int Page = 1000;

    public async Task AnswerAsync(HttpContext context, Vault vault, ObjectType type)
    {
        // The first page is read before a byte is written: a folder that cannot be read is then a plain error answer.
        using var objects = await crew.RunAsync(() => vault.Folder.List(type).GetEnumerator());
        var page = await crew.RunAsync(() => Take(objects));
        context.Response.ContentType = ContentType;
        if (HttpMethods.IsHead(context.Request.Method))
            return;

        var body = context.Response.BodyWriter;
        using var json = new Utf8JsonWriter(body);
        json.WriteStartArray();
        while (page.Count > 0)
        {
            foreach (var (name, bytes) in page)
            {
                json.WriteStartObject();
                json.WriteString("name", name);
                json.WriteNumber("size", bytes);
                json.WriteEndObject();
            }

            await json.FlushAsync(context.RequestAborted);
            await body.FlushAsync(context.RequestAborted);
            page = await crew.RunAsync(() => Take(objects));
        }

        json.WriteEndArray();
        await json.FlushAsync(context.RequestAborted);
        await body.FlushAsync(context.RequestAborted);
    }

    private static List<(string Name, long Bytes)> Take(IEnumerator<(string Name, long Bytes)> objects)
    {
        var page = new List<(string, long)>();
        while (page.Count < Page && objects.MoveNext())
            page.Add(objects.Current);

        return page;
    }
}
