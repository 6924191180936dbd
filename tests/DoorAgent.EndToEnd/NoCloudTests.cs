using System.Diagnostics;

namespace DoorAgent.EndToEnd;

/// <summary>
/// Neither the program nor its libraries send anything to anybody: each main command runs as for a user, without the variable CI that
/// silences some libraries, with an empty HOME, in an isolated network.
/// </summary>
public sealed class NoCloudTests : IDisposable
{
    private readonly Door _door = new();
    private readonly OwnNetwork _network = new();
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("dooragent-home-");
    private readonly DirectoryInfo _temporary = Directory.CreateTempSubdirectory("dooragent-tmp-");

    [Slow]
    [Theory]
    [InlineData("people", "add", "nora", "--images", "PEOPLE/nora")]
    [InlineData("people", "list")]
    [InlineData("people", "export", "DATA/all.zip", "--open")]
    [InlineData("verify", "adam", "PEOPLE/adam/enrol-1.jpg")]
    [InlineData("identify", "PEOPLE/adam/enrol-1.jpg")]
    [InlineData("models", "verify")]
    [InlineData("models", "list")]
    [InlineData("simulate", "--quiet")]
    [InlineData("camera", "snap", "DATA/snap.png")]
    [InlineData("doctor")]
    [InlineData("config", "show")]
    public void ACommandWritesNothingToHomeAndSendsNoPacket(params string[] arguments)
    {
        _door.EnrolAdam();
        string[] given = [.. arguments.Select(word => word.Replace("PEOPLE", Door.Picture(""), StringComparison.Ordinal)
            .Replace("DATA", _door.Data, StringComparison.Ordinal))];
        using Daemon command = Start(given);
        int code = command.WaitForExit();
        Assert.True(code is 0 or 1, command.Said);
        AssertNothingLeft();
    }

    [Slow]
    [Fact]
    public void ARunningDoorWritesNothingToHomeAndSendsNoPacket()
    {
        _door.EnrolAdam();
        using Daemon daemon = Start("run", "--set", "Doors:WarnAfter=5s");
        daemon.WaitFor("Gallery loaded");
        daemon.Type($"badge {Door.AdamsBadge}");
        daemon.WaitFor("Relay on");
        using Daemon status = Start("status");
        Assert.Equal(0, status.WaitForExit());
        daemon.Type("door open");
        // Several seconds pass, which is enough time for a library that reports regularly.
        daemon.WaitFor("Door open too long");
        daemon.Terminate();
        Assert.Equal(0, daemon.WaitForExit());
        AssertNothingLeft();
    }

    [Slow]
    [Fact]
    public void ATrialWritesNothingToHomeAndSendsNoPacket()
    {
        using Daemon trial = Start("try", "--builtin");
        trial.Type("a");
        trial.WaitFor("Granted: adam");
        trial.Type("q");
        Assert.Equal(0, trial.WaitForExit());
        AssertNothingLeft();
    }

    [Slow]
    [Fact]
    public void AnUnwritableHomeIsNotMentioned()
    {
        _door.EnrolAdam();
        using Daemon command = Daemon.Start(_door.With(["verify", "adam", Door.Picture("adam/enrol-1.jpg")]), [], ("CI", null),
            ("HOME", "/dev/null/nowhere"));
        Assert.Equal(0, command.WaitForExit());
        Assert.DoesNotContain("nowhere", command.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("elemetry", command.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void TheIsolatedNetworkCountsALookup()
    {
        Assert.SkipWhen(_network.Missing is not null, _network.Missing ?? "");
        string[] lookUp = [.. _network.Enter, "getent", "hosts", "nobody.example"];
        using Process process = Process.Start(lookUp[0], lookUp[1..]);
        process.WaitForExit();
        Assert.True(_network.Packets > 0);
    }

    public void Dispose()
    {
        _network.Dispose();
        _door.Dispose();
        _home.Delete(recursive: true);
        _temporary.Delete(recursive: true);
    }

    private Daemon Start(params string[] arguments)
    {
        Assert.SkipWhen(_network.Missing is not null, _network.Missing ?? "");
        return Daemon.Start(_door.With(arguments), _network.Enter, ("CI", null), ("HOME", _home.FullName), ("TMPDIR", _temporary.FullName));
    }

    private void AssertNothingLeft()
    {
        Assert.Empty(_home.GetFileSystemInfos());
        Assert.Empty(_temporary.GetFileSystemInfos());
        Assert.Equal(0, _network.Packets);
    }
}
