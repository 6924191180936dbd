using DoorAgent.Faults;

namespace DoorAgent.EndToEnd;

/// <summary>
/// A record is on the disk before the relay moves. A preloaded library notes the order of all writes, fsyncs and levels of the lines; the
/// journal that a power cut just before each rise of the relay would leave must hold the reason.
/// </summary>
public sealed class RecordBeforeRelayTests
{
    [Slow]
    [Fact]
    public void GrantsAndAnOperatorsOrdersAreOnTheDiskBeforeTheRelayRises()
    {
        Assert.SkipWhen(FaultLibrary.Path is null, "needs gcc, which compiles the library that is preloaded");
        using FaultBench bench = new();
        bench.Must("people", "add", "adam", "--images", FaultBench.Picture("adam"), "--badge", FaultBench.AdamsBadge);
        bench.Keep();
        string log = bench.Beside("order.log");
        using (DoorProgram daemon = new(bench.With(["run"]), bench, KillPoint.Never, log))
        {
            daemon.WaitFor("Gallery loaded");
            for (int i = 0; i < 2; i++)
            {
                bench.Line.Send(FaultBench.AdamRead);
                daemon.WaitFor("Relay off");
                bench.Must("unlock");
                daemon.WaitFor("Relay off");
            }

            daemon.Signal("TERM");
            Assert.Equal(0, daemon.WaitForEnd());
        }

        DiskImage image = new(bench.Start, bench.Work);
        int rises = 0;
        foreach (DiskStep step in DiskLog.Read(log))
        {
            if (step.IsRise)
            {
                string left = bench.Beside("left");
                image.WriteSynced(left);
                string[] kinds = [.. Contents.OfJournal(Path.Combine(left, "data", "journal.db")).Values.Select(row => row.Split('|')[1])];
                Assert.Equal(rises / 2 + 1, kinds.Count(kind => kind == "Granted"));
                Assert.Equal((rises + 1) / 2, kinds.Count(kind => kind == "OperatorUnlock"));
                rises++;
            }

            image.Apply(step);
        }

        Assert.Equal(4, rises);
    }
}
