using BackupOnline.Engine.Ids;

namespace BackupOnline.Engine.Stores;

/// <summary>
/// Where the objects of one repository lie. Knows names and bytes, no keys and no format.
/// </summary>
/// <remarks>
/// <para>Every failure is a <see cref="Repositories.RepositoryException"/> whose message says what to do. A store retries what retrying can mend before it throws.</para>
/// <para>Objects never change once they are there. All methods may be called at the same time from any thread; for one and the same name:</para>
/// <list type="table">
/// <listheader><term>at the same time</term><description>outcome</description></listheader>
/// <item><term>Put | Put, same bytes</term><description>both succeed, the object is there once</description></item>
/// <item><term>Put | Put, other bytes (config only)</term><description>one succeeds, the other throws RepositoryExists</description></item>
/// <item><term>Put | Get, ReadRange, Length</term><description>whole object or not there; never a part of it</description></item>
/// <item><term>Put | List</term><description>listed or not; never with a wrong length</description></item>
/// <item><term>Put | Delete</term><description>there or not, as if one came after the other</description></item>
/// <item><term>Delete | Delete</term><description>both succeed</description></item>
/// <item><term>Delete | Get, ReadRange</term><description>the right bytes or NotFound</description></item>
/// <item><term>List | Put or Delete of other names</term><description>what was there all the time is listed exactly once</description></item>
/// </list>
/// </remarks>
public interface IRepositoryStore : IDisposable
{
    /// <summary>For people: a folder or an address without its password.</summary>
    string Location { get; }

    /// <summary>
    /// The offset of the store's clock from ours (theirs minus ours), where the store tells its time; null where it does not. Lock ages are judged with it.
    /// </summary>
    TimeSpan? ClockOffset { get; }

    /// <summary>Makes the folders of a repository; what is there stays. Does not write the config.</summary>
    Task CreateAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Stores the bytes under the name. When it returns they are durable as far as the store can make them, and the name never shows a part of them.
    /// A second put of the same bytes succeeds, except that a config with other bytes throws RepositoryExists. The memory may be reused afterwards.
    /// </summary>
    Task PutAsync(ObjectName name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default);

    /// <summary>The whole object in an array that belongs to the caller. Absent: NotFound. The bytes are not checked against the name here.</summary>
    Task<byte[]> GetAsync(ObjectName name, CancellationToken cancellationToken = default);

    /// <summary>Fills the whole buffer from <paramref name="offset"/> (bytes). Absent: NotFound. Shorter than asked: Corrupt.</summary>
    Task ReadRangeAsync(ObjectName name, long offset, Memory<byte> buffer, CancellationToken cancellationToken = default);

    /// <summary>The length in bytes, or null when there is no such object.</summary>
    Task<long?> LengthAsync(ObjectName name, CancellationToken cancellationToken = default);

    /// <summary>
    /// All objects of a kind, in no order. Files whose name is not one of the format (left-over temporary files) are left out.
    /// A folder that is not there is an empty listing. For <see cref="ObjectKind.Config"/>: the config if it is there.
    /// </summary>
    IAsyncEnumerable<StoredObject> ListAsync(ObjectKind kind, CancellationToken cancellationToken = default);

    /// <summary>Removes the object; one that is not there counts as removed. Refused by the store: AccessDenied.</summary>
    Task DeleteAsync(ObjectName name, CancellationToken cancellationToken = default);

    /// <summary>Removes what was left of objects whose writer was killed, and that nobody wrote to since <paramref name="untouchedSince"/>. A store that leaves nothing removes nothing.</summary>
    Task<StoreRemnants> RemoveRemnantsAsync(DateTimeOffset untouchedSince, CancellationToken cancellationToken = default) => Task.FromResult(default(StoreRemnants));
}
