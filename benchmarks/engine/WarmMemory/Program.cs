using System.Globalization;
using BackupOnline.WarmMemory;

// warm-memory MIB: takes the memory, gives every other page back, says "ready" and holds the rest until its input ends.
using var memory = new HeldMemory(long.Parse(args[0], CultureInfo.InvariantCulture) << 20);
memory.Touch();
memory.GiveBackEveryOtherPage();
Console.WriteLine("ready");
while (Console.In.Read() >= 0)
{
}
