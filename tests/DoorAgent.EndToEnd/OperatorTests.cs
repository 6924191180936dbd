namespace DoorAgent.EndToEnd;

public sealed class OperatorTests
{
    [Slow]
    [Fact]
    public void AnOperatorWatchesUnlocksAndLocksTheRunningDoor()
    {
        using Door door = new();
        Assert.Equal(2, door.Run("status").ExitCode);
        door.EnrolAdam();
        using Daemon daemon = door.Start();
        daemon.WaitFor("Gallery loaded");

        Assert.Contains("locked", door.Run("status").Said, StringComparison.Ordinal);
        Assert.Contains("Unlocked for 30 s", door.Run("unlock").Said, StringComparison.Ordinal);
        daemon.WaitFor("Unlock ordered by an operator");
        daemon.WaitFor("Relay on");
        Assert.Contains("\"door\":\"unlocked\"", door.Run("status", "--json").Said, StringComparison.Ordinal);
        Assert.Equal(0, door.Run("lock").ExitCode);
        daemon.WaitFor("Relay off");

        (int exitCode, string said) = door.Run("run");
        Assert.Equal(2, exitCode);
        Assert.Contains("already runs on this data", said, StringComparison.Ordinal);
        daemon.Terminate();
        Assert.Equal(0, daemon.WaitForExit());
        Assert.False(File.Exists(Path.Combine(door.Data, "operator.sock")));
    }

    [Slow]
    [Fact]
    public void WithoutTheSocketASecondDaemonIsStillRefused()
    {
        using Door door = new();
        door.EnrolAdam();
        using Daemon daemon = door.Start();
        daemon.WaitFor("Gallery loaded");
        File.Delete(Path.Combine(door.Data, "operator.sock"));
        (int exitCode, string said) = door.Run("run");
        Assert.Equal(2, exitCode);
        Assert.Contains("already runs on this data", said, StringComparison.Ordinal);
        daemon.Type($"badge {Door.AdamsBadge}");
        daemon.WaitFor("Granted");
    }

    [Slow]
    [Fact]
    public void ARemovedLogIsCreatedAgainAlsoWithoutEvents()
    {
        using Door door = new();
        door.EnrolAdam();
        using Daemon daemon = door.Start();
        daemon.WaitFor("Gallery loaded");
        string logs = Path.Combine(door.Data, "logs");
        Directory.Delete(logs, recursive: true);
        Assert.True(SpinWait.SpinUntil(() => File.Exists(Path.Combine(logs, "dooragent.jsonl")), TimeSpan.FromMinutes(1)));
        // When the log cannot be created, the console, the journal and the status say so.
        Directory.Delete(logs, recursive: true);
        File.WriteAllText(logs, "in its place");
        daemon.WaitFor("LOG NOT WRITTEN");
        Assert.Equal(1, door.Run("status").ExitCode);
        File.Delete(logs);
        daemon.WaitFor("Log works again");
        Assert.Equal(0, door.Run("status").ExitCode);
    }

    [Slow]
    [Fact]
    public void TheNextNewCardReadAtTheDoorIsAssignedToAPerson()
    {
        using Door door = new();
        door.EnrolAdam();
        using Daemon daemon = door.Start();
        daemon.WaitFor("Gallery loaded");
        using Daemon giving = Daemon.Start("badges", "add", "adam", "next", "--data", door.Data, "--config", door.ConfigFile);
        daemon.WaitFor("waits for a new badge");
        daemon.Type("badge H10301:9:99");
        Assert.Contains("H10301 ...99", daemon.WaitFor("Badge taken"), StringComparison.Ordinal);
        giving.WaitFor("Read H10301:9:99");
        Assert.Equal(0, giving.WaitForExit());
        Assert.Contains("H10301 ...99", door.Run("people", "show", "adam").Said, StringComparison.Ordinal);
    }

    [Slow]
    [Fact]
    public void AScheduleThatTheRunningDoorHasNotReadGivesAWarningWhenAssigned()
    {
        using Door door = new();
        door.EnrolAdam();
        Assert.DoesNotContain("running door", door.Run("people", "schedule", "adam", "office", "--set", "Schedules:office=Mon-Fri "
            + "07:00-19:00").Said, StringComparison.Ordinal);
        using Daemon daemon = door.Start("--set", "Schedules:office=Mon-Fri 07:00-19:00");
        daemon.WaitFor("Gallery loaded");

        Assert.DoesNotContain("running door", door.Run("people", "schedule", "adam", "office", "--set", "Schedules:office=Mon-Fri "
            + "07:00-19:00").Said, StringComparison.Ordinal);
        Assert.Contains("knows 'office' as Mon-Fri 07:00-19:00, and reads hours only at its start",
            door.Run("people", "schedule", "adam", "office", "--set", "Schedules:office=Mon-Fri 06:00-19:00").Said,
                StringComparison.Ordinal);
        Assert.Contains("the running door does not know 'night', and reads hours only at its start",
            door.Run("people", "schedule", "adam", "night", "--set", "Schedules:night=Mon-Sun 22:00-06:00").Said, StringComparison.Ordinal);
    }
}
