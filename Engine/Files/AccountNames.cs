using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;

namespace BackupOnline.Engine.Files;

/// <summary>Names of users and groups by number, each asked of the system once. Thread-safe.</summary>
public sealed unsafe class AccountNames
{
    private readonly ConcurrentDictionary<uint, string> _users = new();
    private readonly ConcurrentDictionary<uint, string> _groups = new();

    /// <summary>The user's name; empty when the system does not know the number.</summary>
    public string User(uint uid) => _users.GetOrAdd(uid, static id => Find(id, isUser: true));

    /// <summary>The group's name; empty when the system does not know the number.</summary>
    public string Group(uint gid) => _groups.GetOrAdd(gid, static id => Find(id, isUser: false));

    private static string Find(uint id, bool isUser)
    {
        LinuxGate.Require();
        for (var length = 4096; length <= 1 << 20; length *= 4)
        {
            var buffer = new byte[length];
            fixed (byte* start = buffer)
            {
                var (error, name) = isUser ? FindUser(id, start, length) : FindGroup(id, start, length);
                if (error == Libc.RangeError)
                    continue;
                return name == 0 ? "" : Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated((byte*)name));
            }
        }

        return "";
    }

    private static (int Error, nint Name) FindUser(uint id, byte* buffer, int length)
    {
        Libc.Passwd entry;
        Libc.Passwd* result = null;
        var error = Libc.FindUser(id, &entry, buffer, (nuint)length, &result);
        return (error, error == 0 && result is not null ? (nint)result->Name : 0);
    }

    private static (int Error, nint Name) FindGroup(uint id, byte* buffer, int length)
    {
        Libc.Group entry;
        Libc.Group* result = null;
        var error = Libc.FindGroup(id, &entry, buffer, (nuint)length, &result);
        return (error, error == 0 && result is not null ? (nint)result->Name : 0);
    }
}
