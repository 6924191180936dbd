namespace DoorAgent.EndToEnd;

public sealed class DaemonTests
{
    [Slow]
    [Fact]
    public void TheRightFaceWithTheRightBadgeOpensAndTheRecordSaysSo()
    {
        using Door door = new();
        door.EnrolAdam();
        using Daemon daemon = door.Start();
        daemon.WaitFor("Gallery loaded");
        daemon.Type($"badge {Door.AdamsBadge}");
        Assert.Contains("adam with H10301 ...67", daemon.WaitFor("Granted"), StringComparison.Ordinal);
        daemon.WaitFor("Relay on");
        daemon.Type("door open");
        daemon.WaitFor("Access taken");
        daemon.WaitFor("Relay off");
        daemon.Type("door close");
        daemon.WaitFor("Door closed");
        daemon.Terminate();
        Assert.Equal(0, daemon.WaitForExit());
        Assert.DoesNotContain("123:4567", daemon.Said, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(door.Data, "journal.db")));
    }

    [Slow]
    [Fact]
    public void APinTypedAfterTheBadgeOpensAndIsWrittenNowhere()
    {
        using Door door = new();
        door.EnrolAdam();
        using Daemon setting = Daemon.Start("people", "pin", "adam", "--data", door.Data);
        setting.Type("90210876");
        Assert.Equal(0, setting.WaitForExit());
        using Daemon daemon = door.Start("--set", "Badges:Keypad=4-bit", "--set", "Decisions:Pin=required");
        daemon.WaitFor("Gallery loaded");
        daemon.Type($"badge {Door.AdamsBadge}");
        daemon.WaitFor("Waiting for the PIN of adam");
        daemon.Type("keys 90210876#");
        daemon.WaitFor("Granted");
        daemon.Terminate();
        Assert.Equal(0, daemon.WaitForExit());
        Assert.DoesNotContain("90210876", setting.Said + daemon.Said, StringComparison.Ordinal);
        Assert.All(Directory.GetFiles(door.Data, "*", SearchOption.AllDirectories), file =>
            Assert.True(File.ReadAllBytes(file).AsSpan().IndexOf("90210876"u8) < 0, file));
    }

    [Slow]
    [Fact]
    public void SigtermInTheMiddleOfAnUnlockLocksFirstAndEndsWithZero()
    {
        using Door door = new();
        door.EnrolAdam();
        using Daemon daemon = door.Start();
        daemon.WaitFor("Gallery loaded");
        daemon.Type($"badge {Door.AdamsBadge}");
        daemon.WaitFor("Relay on");
        daemon.Terminate();
        daemon.WaitFor("Unlock cut short");
        daemon.WaitFor("Relay off");
        Assert.Equal(0, daemon.WaitForExit());
    }

    [Slow]
    [Fact]
    public void SigtermBeforeItHasBegunEndsWithZeroToo()
    {
        using Door door = new();
        using Daemon daemon = door.Start();
        daemon.WaitFor("Data in");
        daemon.Terminate();
        Assert.Equal(0, daemon.WaitForExit());
    }

    [Slow]
    [Fact]
    public void AStolenBadgeInAnotherHandStaysOutside()
    {
        using Door door = new("stranger-1/door-1");
        door.EnrolAdam();
        using Daemon daemon = door.Start();
        daemon.WaitFor("Gallery loaded");
        daemon.Type($"badge {Door.AdamsBadge}");
        daemon.WaitFor("Denied FaceNotMatched");
        daemon.Terminate();
        Assert.Equal(0, daemon.WaitForExit());
        Assert.DoesNotContain("Relay on", daemon.Said, StringComparison.Ordinal);
    }

    [Slow]
    [Fact]
    public void APersonDisabledByAnotherProcessIsRefusedAtOnce()
    {
        using Door door = new();
        door.EnrolAdam();
        using Daemon daemon = door.Start();
        daemon.WaitFor("Gallery loaded");
        Assert.Equal(0, door.Run("people", "disable", "adam").ExitCode);
        daemon.WaitFor("Gallery loaded");
        daemon.Type($"badge {Door.AdamsBadge}");
        daemon.WaitFor("Denied PersonDisabled");
    }

    [Slow]
    [Fact]
    public void WithoutAGalleryItRunsLockedAndFollowsTheFirstEnrolment()
    {
        using Door door = new();
        using Daemon daemon = door.Start();
        Assert.Contains("Nobody is enrolled yet", daemon.WaitFor("GALLERY REFUSED"), StringComparison.Ordinal);
        daemon.Type($"badge {Door.AdamsBadge}");
        daemon.WaitFor("Denied GalleryMissing");
        door.EnrolAdam();
        daemon.WaitFor("Gallery loaded");
    }

    [Slow]
    [Fact]
    public void ADamagedGalleryKeepsTheLastGoodOne()
    {
        using Door door = new();
        door.EnrolAdam();
        using Daemon daemon = door.Start();
        daemon.WaitFor("Gallery loaded");
        string gallery = Path.Combine(door.Data, "gallery.db"), other = gallery + ".new";
        File.WriteAllText(other, "this is no database, and it is replaced by rename");
        File.Move(other, gallery, overwrite: true);
        daemon.WaitFor("GALLERY REFUSED");
        daemon.Type($"badge {Door.AdamsBadge}");
        daemon.WaitFor("Granted");
    }

    [Slow]
    [Fact]
    public void AKilledDaemonStartsAgainWhereItsRecordEnds()
    {
        using Door door = new();
        door.EnrolAdam();
        using (Daemon daemon = door.Start())
        {
            daemon.WaitFor("Gallery loaded");
            daemon.Type($"badge {Door.AdamsBadge}");
            daemon.WaitFor("Relay on");
            daemon.Kill();
            Assert.NotEqual(0, daemon.WaitForExit());
        }

        using (Daemon next = door.Start())
        {
            Assert.Contains("the door was unlocked", next.WaitFor("The run before ended without stopping"), StringComparison.Ordinal);
            next.WaitFor("Gallery loaded");
            next.Terminate();
            Assert.Equal(0, next.WaitForExit());
            Assert.DoesNotContain("Relay on", next.Said, StringComparison.Ordinal);
        }

        // A proper end since then is not somebody who has looked.
        using Daemon last = door.Start();
        last.WaitFor("Gallery loaded");
        (int code, string said) = door.Run("status");
        Assert.Equal(1, code);
        Assert.Contains("ended without stopping", said, StringComparison.Ordinal);
        Assert.Contains("Acknowledged and recorded", door.Run("acknowledge").Said, StringComparison.Ordinal);
        last.WaitFor("Acknowledged by an operator");
        Assert.Equal(0, door.Run("status").ExitCode);
        Assert.Contains("nothing to acknowledge", door.Run("acknowledge").Said, StringComparison.Ordinal);
        last.Terminate();
        Assert.Equal(0, last.WaitForExit());
        Assert.DoesNotContain("The run before ended", last.Said, StringComparison.Ordinal);
    }
}
