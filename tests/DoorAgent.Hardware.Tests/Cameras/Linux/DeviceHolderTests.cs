using DoorAgent.Hardware.Cameras.Linux;

namespace DoorAgent.Hardware.Tests.Cameras.Linux;

public sealed class DeviceHolderTests
{
    [Fact]
    public void TheProcessThatHasAFileOpenIsNamed()
    {
        using TempFolder folder = new();
        string device = folder.Write("device", "");
        Assert.Empty(DeviceHolder.Of(device));
        using FileStream open = File.OpenRead(device);
        DeviceHolder holder = Assert.Single(DeviceHolder.Of(device));
        Assert.Equal(Environment.ProcessId, holder.Id);
        Assert.NotEmpty(holder.Name);
    }
}
