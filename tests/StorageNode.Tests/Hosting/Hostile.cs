using System.Text;

namespace BackupOnline.StorageNode.Tests.Hosting;

/// <summary>Clients that do not mean well.</summary>
internal static class Hostile
{
    /// <summary>Sends a chunked body for ever; gives what the server said when it had enough.</summary>
    public static async Task<string> EndlessBodyAsync(ShelfHost shelf, ShelfUser user, string path, long afterBytes = long.MaxValue, Action? then = null)
    {
        using var client = await shelf.ConnectAsync();
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Basic {user.Basic}\r\nTransfer-Encoding: chunked\r\n\r\n"));
        var reading = ShelfHost.ReadToEndAsync(stream);
        byte[] chunk = [.. "10000\r\n"u8, .. new byte[0x10000], .. "\r\n"u8];
        try
        {
            for (var sent = 0L; !reading.IsCompleted; sent += 0x10000)
            {
                if (sent == afterBytes)
                    then?.Invoke();

                await stream.WriteAsync(chunk);
            }
        }
        catch (IOException)
        {
            // The server has closed.
        }

        return await reading;
    }
}
