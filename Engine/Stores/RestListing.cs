using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Engine.Stores;

/// <summary>Listings of the REST protocol: version 2 has names and sizes, version 1 names alone.</summary>
internal static class RestListing
{
    public const string Version2 = "application/vnd.x.restic.rest.v2";

    /// <summary>The names that the format allows, with sizes.</summary>
    public static List<StoredObject> ReadSized(byte[] json, ObjectKind kind, string location)
    {
        var found = new List<StoredObject>();
        foreach (var line in Read(json, RestListingJson.Default.RestListingLineArray, location))
        {
            if (!ObjectId.TryParse(line?.Name, out var id))
                continue;
            if (line!.Size < 0)
                throw NotAListing(location, null);
            found.Add(new StoredObject(new ObjectName(kind, id), line.Size));
        }

        return found;
    }

    public static List<ObjectName> ReadNames(byte[] json, ObjectKind kind, string location)
    {
        var found = new List<ObjectName>();
        foreach (var name in Read(json, RestListingJson.Default.StringArray, location))
        {
            if (ObjectId.TryParse(name, out var id))
                found.Add(new ObjectName(kind, id));
        }

        return found;
    }

    private static T Read<T>(byte[] json, JsonTypeInfo<T> type, string location)
        where T : class
    {
        try
        {
            if (JsonSerializer.Deserialize(json, type) is { } list)
                return list;
        }
        catch (JsonException e)
        {
            throw NotAListing(location, e);
        }

        throw NotAListing(location, null);
    }

    private static RepositoryException NotAListing(string location, Exception? inner) => new(
        RepositoryProblem.Protocol,
        $"What answers at {location} is not a restic REST server: its listing cannot be read. Check the address, and whether a proxy stands between.",
        inner);
}
