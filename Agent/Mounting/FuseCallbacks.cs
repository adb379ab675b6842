using System.Runtime.InteropServices;
using BackupOnline.Engine.Files;

namespace BackupOnline.Agent.Mounting;

/// <summary>What libfuse calls: finds the <see cref="FuseAnswers"/> of the session, and hands the question on. The session's user data is a handle of it.</summary>
internal static unsafe class FuseCallbacks
{
    // O_WRONLY and O_RDWR.
    private const int OpenForWriting = 3;

    public static FuseOperations All => new()
    {
        Lookup = &Lookup,
        Forget = &Forget,
        GetAttributes = &GetAttributes,
        ReadLink = &ReadLink,
        Open = &Open,
        Read = &Read,
        Release = &Release,
        OpenFolder = &OpenFolder,
        ReadFolder = &ReadFolder,
        ReleaseFolder = &ReleaseFolder,
        GetExtendedAttribute = &GetExtendedAttribute,
        ListExtendedAttributes = &ListExtendedAttributes,
    };

    private static FuseAnswers Of(nint request) => (FuseAnswers)GCHandle.FromIntPtr(FuseLibrary.UserData(request)).Target!;

    [UnmanagedCallersOnly]
    private static void Lookup(nint request, ulong folder, byte* name) => Of(request).Lookup(request, folder, new RawPath(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name)));

    [UnmanagedCallersOnly]
    private static void Forget(nint request, ulong number, ulong lookups)
    {
        Of(request).Forget(number, lookups);
        FuseLibrary.ReplyNone(request);
    }

    [UnmanagedCallersOnly]
    private static void GetAttributes(nint request, ulong number, FuseLibrary.FileInfo* file) => Of(request).GetAttributes(request, number);

    [UnmanagedCallersOnly]
    private static void ReadLink(nint request, ulong number) => Of(request).ReadLink(request, number);

    [UnmanagedCallersOnly]
    private static void Open(nint request, ulong number, FuseLibrary.FileInfo* file)
    {
        if ((file->Flags & OpenForWriting) != 0)
            FuseReply.Error(request, Errno.ReadOnly);
        else
            Of(request).Open(request, number);
    }

    [UnmanagedCallersOnly]
    private static void Read(nint request, ulong number, nuint length, long offset, FuseLibrary.FileInfo* file) => Of(request).Read(request, number, file->Handle, (int)length, offset);

    [UnmanagedCallersOnly]
    private static void Release(nint request, ulong number, FuseLibrary.FileInfo* file) => Of(request).Release(request, file->Handle);

    [UnmanagedCallersOnly]
    private static void OpenFolder(nint request, ulong number, FuseLibrary.FileInfo* file) => Of(request).OpenFolder(request, number);

    [UnmanagedCallersOnly]
    private static void ReadFolder(nint request, ulong number, nuint room, long offset, FuseLibrary.FileInfo* file) => Of(request).ReadFolder(request, number, file->Handle, (int)room, offset);

    [UnmanagedCallersOnly]
    private static void ReleaseFolder(nint request, ulong number, FuseLibrary.FileInfo* file) => Of(request).ReleaseFolder(request, file->Handle);

    [UnmanagedCallersOnly]
    private static void GetExtendedAttribute(nint request, ulong number, byte* name, nuint room) =>
        Of(request).GetExtendedAttribute(request, number, Marshal.PtrToStringUTF8((nint)name)!, room);

    [UnmanagedCallersOnly]
    private static void ListExtendedAttributes(nint request, ulong number, nuint room) => Of(request).ListExtendedAttributes(request, number, room);
}
