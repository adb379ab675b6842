namespace BackupOnline.Persistence.Embedded;

/// <summary>The processes that use the private database: one file each under <c>run/members</c>. Read and changed under the folder's lock.</summary>
internal sealed class MemberRegister(string folder)
{
    public void Enter()
    {
        PrivateFile.MakeFolder(folder);
        PrivateFile.Write(PathOf(ProcessIdentity.Own.Pid), ProcessIdentity.Own.ToString());
    }

    public void Leave() => File.Delete(PathOf(ProcessIdentity.Own.Pid));

    /// <summary>How many members live; files of the dead are swept away.</summary>
    public int CountLiving()
    {
        if (!Directory.Exists(folder))
            return 0;
        var living = 0;
        foreach (var file in Directory.GetFiles(folder))
        {
            if (ProcessIdentity.Parse(File.ReadAllText(file)) is { IsAlive: true })
                living++;
            else
                File.Delete(file);
        }

        return living;
    }

    private string PathOf(int pid) => Path.Combine(folder, $"{pid}");
}
