using DoorAgent.Diagnostics;

namespace DoorAgent.Tests.Diagnostics;

public sealed class FrameRateTests
{
    [Theory]
    [InlineData(5)]
    [InlineData(30)]
    public void ASteadyCameraHasItsRate(int rate)
    {
        FrameRate measured = new();
        for (int i = 0; i < 10 * rate; i++)
            measured.Note(TimeSpan.FromSeconds((double)i / rate));
        Assert.Equal(rate, measured.Value, 0.01);
    }

    [Fact]
    public void WhatWasLongAgoAndWhatWasBeforeASilenceDoesNotCount()
    {
        FrameRate measured = new();
        Assert.Equal(0, measured.Value);
        for (int i = 0; i < 100; i++)
            measured.Note(TimeSpan.FromMilliseconds(10 * i));
        measured.Note(TimeSpan.FromSeconds(10));
        Assert.Equal(0, measured.Value);
        measured.Note(TimeSpan.FromSeconds(10.5));
        Assert.Equal(2, measured.Value, 0.01);
        measured.Clear();
        Assert.Equal(0, measured.Value);
    }
}
