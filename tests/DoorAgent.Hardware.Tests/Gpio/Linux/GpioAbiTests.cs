using System.Runtime.CompilerServices;
using DoorAgent.Hardware.Gpio.Linux;

namespace DoorAgent.Hardware.Tests.Gpio.Linux;

/// <summary>Tests sizes, offsets and call numbers against the values of linux/gpio.h, which are the same on every architecture.</summary>
public sealed class GpioAbiTests
{
    [Fact]
    public void StructuresHaveTheKernelsSizes() => Assert.Equal(
        [68, 16, 24, 272, 592, 16, 256, 48],
        [
            Unsafe.SizeOf<GpioAbi.ChipInfo>(), Unsafe.SizeOf<GpioAbi.LineAttribute>(), Unsafe.SizeOf<GpioAbi.ConfigAttribute>(),
            Unsafe.SizeOf<GpioAbi.LineConfig>(), Unsafe.SizeOf<GpioAbi.LineRequest>(), Unsafe.SizeOf<GpioAbi.LineValues>(),
            Unsafe.SizeOf<GpioAbi.LineInfo>(), Unsafe.SizeOf<GpioAbi.LineEvent>(),
        ]);

    [Fact]
    public void CallsHaveTheKernelsNumbers() => Assert.Equal<nuint>(
        [0x8044B401, 0xC100B405, 0xC250B407, 0xC010B40E, 0xC010B40F],
        [GpioAbi.GetChipInfo, GpioAbi.GetLineInfo, GpioAbi.GetLines, GpioAbi.GetValues, GpioAbi.SetValues]);

    [Fact]
    public void FieldsLieWhereTheKernelHasThem()
    {
        GpioAbi.LineRequest request = default;
        GpioAbi.LineInfo info = default;
        GpioAbi.LineEvent made = default;
        Assert.Equal([256, 288, 560, 564, 588],
            [
                Place(ref request, ref request.Consumer), Place(ref request, ref request.Config), Place(ref request, ref request.LineCount),
                Place(ref request, ref request.EventBufferSize), Place(ref request, ref request.Descriptor),
            ]);
        Assert.Equal([64, 72, 80],
            [Place(ref info, ref info.Offset), Place(ref info, ref info.Flags), Place(ref info, ref info.Attributes)]);
        Assert.Equal([8, 12, 16], [Place(ref made, ref made.Id), Place(ref made, ref made.Offset), Place(ref made, ref made.Sequence)]);
    }

    private static int Place<TWhole, TField>(ref TWhole whole, ref TField field) =>
        (int)Unsafe.ByteOffset(ref Unsafe.As<TWhole, byte>(ref whole), ref Unsafe.As<TField, byte>(ref field));
}
