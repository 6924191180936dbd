using System.Runtime.CompilerServices;
using DoorAgent.Hardware.Cameras.Linux;

namespace DoorAgent.Hardware.Tests.Cameras.Linux;

/// <summary>Tests sizes and call numbers against the values of linux/videodev2.h, which are the same on every architecture.</summary>
public sealed class V4l2AbiTests
{
    [Fact]
    public void StructuresHaveTheKernelsSizes() => Assert.Equal([104, 64, 20],
        [Unsafe.SizeOf<V4l2Abi.Capability>(), Unsafe.SizeOf<V4l2Abi.FormatDescription>(), Unsafe.SizeOf<V4l2Abi.BuffersRequest>()]);

    [Fact]
    public void CallsHaveTheKernelsNumbers() => Assert.Equal<nuint>([0x80685600, 0xC0405602, 0xC0145608],
        [V4l2Abi.QueryCapabilities, V4l2Abi.NextFormat, V4l2Abi.RequestBuffers]);
}
