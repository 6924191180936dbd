using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Hardware.Tests.Badges;

/// <summary>Tests a serial line with a pseudo-terminal of the kernel.</summary>
public sealed class SerialSourceTests
{
    [Fact]
    public async Task TextOnTheLineIsRead()
    {
        using PseudoTerminal line = new();
        using TextReaderDevice device = Open(line.Path);
        line.Write("\u0002"u8);
        line.Write("0008065495\r\n\u0003"u8);
        Assert.Equal(Badge.Parse("H10301:123:4567"), (await device.NextAsync(TestContext.Current.CancellationToken)).Badge);
    }

    [Fact]
    public async Task EveryByteArrivesUnchanged()
    {
        using PseudoTerminal line = new();
        using SerialSource source = new(line.Path, 9600);
        byte[] all = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
        line.Write(all);
        List<byte> read = [];
        byte[] some = new byte[64];
        while (read.Count < all.Length)
            read.AddRange(some[..await source.ReadAsync(some)]);
        Assert.Equal(all, read);
    }

    [Fact]
    public async Task AnUnpluggedLineIsReported()
    {
        using PseudoTerminal line = new();
        using TextReaderDevice device = Open(line.Path);
        Task<BadgeRead> reading = device.NextAsync(TestContext.Current.CancellationToken).AsTask();
        line.Dispose();
        await Assert.ThrowsAsync<IOException>(() => reading);
    }

    [Fact]
    public async Task DisposingEndsTheWait()
    {
        using PseudoTerminal line = new();
        SerialSource source = new(line.Path, 9600);
        Task<int> reading = source.ReadAsync(new byte[8]);
        source.Dispose();
        await Assert.ThrowsAsync<IOException>(() => reading);
    }

    [Fact]
    public void AMissingDeviceAndAnOrdinaryFileAreNamed()
    {
        using TempFolder folder = new();
        string missing = folder.File("ttyUSB9"), file = folder.Write("file", "0008065495\n");
        Assert.Contains(missing, Assert.Throws<IOException>(() => new SerialSource(missing, 9600)).Message, StringComparison.Ordinal);
        Assert.Contains(file, Assert.Throws<IOException>(() => new SerialSource(file, 9600)).Message, StringComparison.Ordinal);
    }

    /// <summary>Opens a device whose clock stands still, so that a byte that is read late does not end a line.</summary>
    private static TextReaderDevice Open(string path) =>
        new(new SerialSource(path, 9600), TextFormat.Find("decimal-10")!, new FakeTimeProvider());
}
