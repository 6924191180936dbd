using DoorAgent.Hardware.Cameras;
using DoorAgent.Hardware.Cameras.Linux;

namespace DoorAgent.Hardware.Tests.Cameras.Linux;

/// <summary>Tests the kernel's test camera, which the virtual unit has.</summary>
public sealed class VividTests
{
    private readonly VideoDevice _device;

    public VividTests()
    {
        VideoDevice? found = VideoDevice.All(out _).FirstOrDefault(device => device.Driver == "vivid");
        if (found is null)
            Assert.Skip("needs the kernel's test camera vivid: the virtual unit has one (tests/virtual-door/run.sh)");
        _device = found;
    }

    [Fact]
    public void TheDeviceDescribesItself()
    {
        Assert.Matches(@"^platform:vivid-\d+ vivid$", _device.Identity);
        Assert.Equal("YUYV", _device.BestFormat);
        Assert.False(_device.IsMadeByAProgram);
        Assert.True(_device.IsFree());
    }

    [Fact]
    public void ARealDoorReadsPicturesOfThePinnedIdentity()
    {
        using ICapture capture = new V4l2Source(_device.Path, _device.Identity, isReal: true, TimeProvider.System).Open();
        Frame frame = new();
        capture.Read(frame);
        Assert.True(frame.Width > 0 && frame.Pixels.ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void AnotherIdentityIsRefused()
    {
        CaptureFaultException fault = Assert.Throws<CaptureFaultException>(() =>
            new V4l2Source(_device.Path, "usb-1 046d:0825", isReal: true, TimeProvider.System).Open());
        Assert.Equal(CaptureStatus.Refused, fault.Fault);
    }

    [Fact]
    public void TheDeviceHasOneUserAtATimeAndIsFreeAfterwards()
    {
        V4l2Source source = new(_device.Path, null, isReal: true, TimeProvider.System);
        using (ICapture first = source.Open())
        {
            first.Read(new Frame());
            Assert.False(_device.IsFree());
            Assert.Contains(DeviceHolder.Of(_device.Path), holder => holder.Id == Environment.ProcessId);
            Assert.Equal(CaptureStatus.Busy, Assert.Throws<CaptureFaultException>(source.Open).Fault);
        }

        using ICapture second = source.Open();
        second.Read(new Frame());
    }

    [Fact]
    public void ANodeThatDoesNotCaptureIsNotACamera()
    {
        string[] cameras = [.. VideoDevice.All(out _).Select(device => device.Path)];
        string other = Directory.GetFiles("/dev", "video*").First(path => !cameras.Contains(path));
        Assert.Equal(CaptureStatus.WrongFormat,
            Assert.Throws<CaptureFaultException>(() => new V4l2Source(other, null, isReal: true, TimeProvider.System).Open()).Fault);
    }
}
