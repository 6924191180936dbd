using DoorAgent.Frames;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Tests.Frames;

public sealed class CameraPaceTests
{
    private readonly CameraPace _pace = new();

    [Fact]
    public void ARateIsKnownAfterFiveSecondsAndThenEveryFive()
    {
        Assert.Equal([(50, 10.0), (100, 10.0)], Enumerable.Range(0, 120).Select(i => (i, Rate: Note(i, i / 10.0))).Where(noted => noted.Rate is not null)
            .Select(noted => (noted.i, Math.Round(noted.Rate!.Value, 3))));
    }

    [Fact]
    public void FramesThatNobodyReadCountToo()
    {
        Assert.Null(Note(0, 0));
        Assert.Equal(10, Note(60, 6));
    }

    [Fact]
    public void WhatWasMeasuredBeforeAFaultIsOver()
    {
        Assert.Null(Note(0, 0));
        _pace.Clear();
        Assert.Null(Note(1, 60));
        Assert.Equal(0.9, Note(7, 60 + (6 / 0.9))!.Value, 3);
    }

    private double? Note(long sequence, double at) => _pace.Note(new Frame { Sequence = sequence, CapturedAt = TimeSpan.FromSeconds(at) });
}
