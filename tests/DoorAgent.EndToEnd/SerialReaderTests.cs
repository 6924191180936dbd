using DoorAgent.Hardware.Tests.Support;

namespace DoorAgent.EndToEnd;

/// <summary>Tests a reader on a serial line; a pseudo-terminal is the line.</summary>
public sealed class SerialReaderTests
{
    [Slow]
    [Fact]
    public void ABadgeOverTheLineOpensAndGarbageAndAnUnpluggedReaderAreReported()
    {
        using Door door = new();
        door.EnrolAdam();
        using PseudoTerminal line = new();
        using Daemon daemon = door.Start("--set", "Badges:Reader=serial", "--set", $"Badges:Device={line.Path}");
        daemon.WaitFor("Gallery loaded");
        line.Write("hello\r\n"u8);
        daemon.WaitFor("Badge not read: not a number in the form that Badges:TextFormat names");
        line.Write("0008065495\r\n"u8);
        Assert.Contains("adam with H10301 ...67", daemon.WaitFor("Granted"), StringComparison.Ordinal);
        line.Dispose();
        daemon.WaitFor("READER OFFLINE");
        Assert.Contains("the badge reader is offline", door.Run("status").Said.ReplaceLineEndings(" "), StringComparison.Ordinal);
        daemon.Terminate();
        Assert.Equal(0, daemon.WaitForExit());
        Assert.DoesNotContain("8065495", daemon.Said, StringComparison.Ordinal);
    }
}
