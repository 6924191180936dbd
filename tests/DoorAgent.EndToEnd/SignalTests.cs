namespace DoorAgent.EndToEnd;

/// <summary>Every signal that ends a process by default has the same effect as SIGTERM.</summary>
public sealed class SignalTests : IDisposable
{
    private readonly Door _door = new();
    private readonly DirectoryInfo _temporary = Directory.CreateTempSubdirectory("dooragent-tmp-");

    [Slow]
    [Theory]
    [InlineData("HUP")]
    [InlineData("INT")]
    [InlineData("QUIT")]
    [InlineData("USR1")]
    [InlineData("USR2")]
    [InlineData("ALRM")]
    [InlineData("TERM")]
    [InlineData("STKFLT")]
    [InlineData("XCPU")]
    [InlineData("XFSZ")]
    [InlineData("VTALRM")]
    [InlineData("PROF")]
    [InlineData("POLL")]
    [InlineData("PWR")]
    public void DuringAnUnlockTheDaemonLocksFirstReportsThisAndEndsWithZero(string signal)
    {
        _door.EnrolAdam();
        using Daemon daemon = _door.Start();
        daemon.WaitFor("Gallery loaded");
        Assert.Equal(0, _door.Run("unlock").ExitCode);
        daemon.WaitFor("Relay on");
        daemon.Signal(signal);
        daemon.WaitFor("Unlock cut short");
        daemon.WaitFor("Relay off");
        daemon.WaitFor("Stopping");
        Assert.Equal(0, daemon.WaitForExit());
        Assert.Contains("Stopping", _door.Run("log").Said, StringComparison.Ordinal);
    }

    [Slow]
    [Theory]
    [InlineData("HUP")]
    [InlineData("USR1")]
    [InlineData("INT")]
    public void ATrialAndASimulatedDayLeaveNoFolderBehind(string signal)
    {
        using (Daemon trial = Daemon.Start(["try", "--builtin"], [], ("TMPDIR", _temporary.FullName)))
        {
            trial.WaitFor("Enrolling");
            trial.Signal(signal);
            Assert.Equal(0, trial.WaitForExit());
            Assert.Contains("The door is locked", trial.Said, StringComparison.Ordinal);
        }

        Assert.Empty(_temporary.GetFileSystemInfos());
        using Daemon day = Daemon.Start(["simulate"], [], ("TMPDIR", _temporary.FullName));
        day.WaitFor("Started");
        day.Signal(signal);
        Assert.Equal(2, day.WaitForExit());
        Assert.Empty(_temporary.GetFileSystemInfos());
    }

    [Slow]
    [Fact]
    public void UnderNohupTheDaemonSurvivesAClosedTerminal()
    {
        _door.EnrolAdam();
        using Daemon daemon = Daemon.Start(_door.With(["run"]), ["nohup"]);
        daemon.WaitFor("Gallery loaded");
        daemon.Signal("HUP");
        daemon.Type($"badge {Door.AdamsBadge}");
        daemon.WaitFor("Granted");
        daemon.Terminate();
        Assert.Equal(0, daemon.WaitForExit());
    }

    public void Dispose()
    {
        _door.Dispose();
        _temporary.Delete(recursive: true);
    }
}
