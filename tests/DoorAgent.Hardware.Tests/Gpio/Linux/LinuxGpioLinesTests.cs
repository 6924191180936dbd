using DoorAgent.Hardware.Gpio;
using DoorAgent.Hardware.Gpio.Linux;

namespace DoorAgent.Hardware.Tests.Gpio.Linux;

/// <summary>Tests the kernel's character device on a chip of gpio-sim, which the virtual unit has.</summary>
public sealed class LinuxGpioLinesTests() : GpioLinesContract(() => new GpioSimBench())
{
    [Fact]
    public void ALineShowsItsHolderAndItsDirection()
    {
        GpioChip chip = ((GpioSimBench)Bench).Chip;
        using (Lines.RequestOutput("lock relay", 22, activeLow: false, isActive: false))
            Assert.Equal(("dooragent lock relay", true), (chip.Line(22).HeldBy, chip.Line(22).IsOutput));
        Assert.Null(chip.Lines()[22].HeldBy);
    }

    [Fact]
    public async Task AnEdgeHasTheKernelsTimeOnTheClockThatTimersRunOn()
    {
        using IInputLines inputs = Inputs(17);
        TimeSpan before = TimeProvider.System.Monotonic();
        Bench.Drive(17, false);
        LineEdge edge = await inputs.Edges.ReadAllAsync(TestContext.Current.CancellationToken)
            .FirstAsync(TestContext.Current.CancellationToken);
        Assert.InRange(edge.At, before, TimeProvider.System.Monotonic());
    }
}
