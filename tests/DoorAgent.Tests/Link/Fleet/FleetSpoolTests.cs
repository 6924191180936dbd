using DoorAgent.Fleet;
using DoorAgent.Link.Fleet;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Link.Fleet;

public sealed class FleetSpoolTests
{
    [Theory]
    [InlineData(10, false)]
    [InlineData(2000, true)]
    public void RecordsComeBackAsTheyWereAndNoFileStays(int count, bool isOnDisk)
    {
        using TempFolder folder = new();
        string path = Path.Combine(folder.Path, "fleet.spool");
        FleetItem[] items = [.. Enumerable.Range(1, count).Select(i => new FleetItem($"lab.{i:x32}", (ulong)i, new byte[4000]))];
        using (FleetSpool spool = new(path))
        {
            foreach (FleetItem item in items)
                spool.Add(item, (_, why) => Assert.Fail(why));
            Assert.Equal((isOnDisk, isOnDisk), (spool.IsOnDisk, File.Exists(path)));
            if (isOnDisk)
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            Assert.Equal(items.Select(item => (item.Key, item.Sequence, item.Value.Length)),
                FleetParcel.Read(spool.Read(), spool.Length).Select(item => (item.Key, item.Sequence, item.Value.Length)));
        }

        Assert.False(File.Exists(path));
    }

    [Fact]
    public void WhatAKilledLinkLeftIsRemovedAndARecordThatCannotBeCarriedIsLeftOut()
    {
        using TempFolder folder = new();
        string path = folder.Write("fleet.spool", "left behind");
        FleetSpool.Clear(path);
        Assert.False(File.Exists(path));
        FleetSpool.Clear(Path.Combine(folder.Path, "missing", "fleet.spool"));

        using FleetSpool spool = new(path);
        List<string> skipped = [];
        spool.Add(new FleetItem("lab.a", 1, new byte[70_000]), (item, _) => skipped.Add(item.Key));
        Assert.Equal(["lab.a"], skipped);
        Assert.Equal(0, spool.Length);
    }

    [Fact]
    public void ALargeGroupLeavesTheDiskItsReserve()
    {
        using TempFolder folder = new();
        long free = DiskFull.Reserve + (8 << 20);
        int looks = 0;
        using FleetSpool spool = new(Path.Combine(folder.Path, "fleet.spool"), _ =>
        {
            looks++;
            return free;
        });
        int added = 0;
        void Add() => spool.Add(new FleetItem($"lab.{++added}", (ulong)added, new byte[4000]), (_, why) => Assert.Fail(why));
        while (spool.Length < 6 << 20)
            Add();
        Assert.True(spool.IsOnDisk);
        Assert.InRange(looks, 2, 3);

        // Somebody else fills the disk meanwhile: that is noticed within a MiB.
        free = DiskFull.Reserve;
        IOException why = Assert.Throws<IOException>(() =>
        {
            while (spool.Length < 8 << 20)
                Add();
        });
        Assert.Contains("256 MiB are kept for the journal", why.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFolderThatCannotBeWrittenIsAClearFailure()
    {
        using FleetSpool spool = new("/proc/nowhere/fleet.spool");
        IOException why = Assert.Throws<IOException>(() =>
        {
            for (int i = 1; i < 3000; i++)
                spool.Add(new FleetItem($"lab.{i}", (ulong)i, new byte[4000]), (_, _) => { });
        });
        Assert.Contains("cannot be stored on their way to the door", why.Message, StringComparison.Ordinal);
    }
}
