using DoorAgent.Diagnostics;
using DoorAgent.Diagnostics.Checks;

namespace DoorAgent.Tests.Diagnostics.Checks;

public sealed class DiskCheckTests : IDisposable
{
    private readonly SomeDoor _door = new();

    public void Dispose() => _door.Dispose();

    [Fact]
    public async Task FreeSpaceIsReported() => (await _door.FindAsync<DiskCheck>()).Has(FindingLevel.Ok, $"GB free at {_door.Data}");

    [Theory]
    [InlineData(DiskCheck.Little - 1, FindingLevel.Fault)]
    [InlineData(DiskCheck.Little, FindingLevel.Warning)]
    [InlineData(DiskCheck.Scarce, FindingLevel.Ok)]
    internal void LittleRoomIsAWarningAndNearlyNoneAFault(long free, FindingLevel level)
    {
        Findings findings = new();
        DiskCheck.CheckRoom(free, "/data", findings);
        Assert.Equal(level, Assert.Single(findings.All).Level);
    }

    [Fact]
    public async Task AReadOnlyMountIsAFault()
    {
        _door.Put("/proc/mounts", $"/dev/root / ext4 rw 0 0\n/dev/mmcblk0p2 {Path.GetDirectoryName(_door.Data)} ext4 ro,noatime 0 0\n");
        (await _door.FindAsync<DiskCheck>()).Has(FindingLevel.Fault, "(/dev/mmcblk0p2) is mounted read-only", "dmesg | grep mmcblk0p2");
    }

    [Fact]
    public async Task AWornMemoryCardIsAWarning()
    {
        _door.Put("/sys/block/mmcblk0/device/life_time", "0x02 0x0a\n");
        _door.Put("/sys/block/mmcblk1/device/life_time", "0x01 0x02\n");
        _door.Put("/sys/fs/ext4/mmcblk0p2/errors_count", "3\n");
        _door.Put("/sys/fs/ext4/features/lazy_itable_init", "supported\n");
        IReadOnlyList<Finding> found = await _door.FindAsync<DiskCheck>();
        found.Has(FindingLevel.Warning, "mmcblk0 has used 90 %", "people export");
        found.Has(FindingLevel.Warning, "mmcblk0p2 counts 3 errors", "fsck");
        Assert.Equal(2, found.Count(finding => finding.Level == FindingLevel.Warning));
    }

    [Theory]
    [InlineData("/var/lib/dooragent", "/var/lib", true)]
    [InlineData("/var/library", "/", false)]
    [InlineData("/mnt/my stick/x", "/mnt/my stick", false)]
    [InlineData("/tmp/a", "/tmp", true)]
    public void APathLiesOnTheLongestMountAndOnTheLatestOfTwo(string path, string point, bool isReadOnly)
    {
        const string Table = "/dev/a / ext4 rw 0 0\n/dev/b /var/lib ext4 ro 0 0\n/dev/c /mnt/my\\040stick vfat rw 0 0\ntmpfs /tmp tmpfs "
            + "rw 0 0\ntmpfs /tmp tmpfs ro 0 0\n";
        Mount mount = Mount.Of(path, Table)!;
        Assert.Equal((point, isReadOnly), (mount.Point, mount.IsReadOnly));
    }
}
