using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Tests.Support;

namespace DoorAgent.Hardware.Tests.Badges;

public sealed class TextReaderDeviceTests : IDisposable
{
    private readonly AwaitedTime _time = new();
    private readonly TypedText _text = new();
    private readonly TextReaderDevice _device;

    public TextReaderDeviceTests() => _device = new TextReaderDevice(_text, TextFormat.Find("decimal-10")!, _time);

    public void Dispose()
    {
        _device.Dispose();
        _time.Dispose();
    }

    [Fact]
    public async Task ANumberIsABadgeHoweverItIsCutIntoPieces()
    {
        _text.Type("00").Type("0806549").Type("5\r").Type("\n0008065496\r\n");
        Assert.Equal(new BadgeRead(Badge.Parse("H10301:123:4567"), ReadFault.None, _time.Monotonic(), 10), await NextAsync());
        Assert.Equal(Badge.Parse("H10301:123:4568"), (await NextAsync()).Badge);
    }

    [Fact]
    public async Task AnotherNumberIsAFaultThatSaysSo()
    {
        _text.Type("12345\n");
        Assert.Equal(new BadgeRead(null, ReadFault.NotANumber, _time.Monotonic(), 5), await NextAsync());
    }

    [Fact]
    public async Task TwoHalvesWithAPauseBetweenAreNoNumber()
    {
        _text.Type("00080");
        Task<BadgeRead> reading = NextAsync();
        Assert.Equal(1, await _time.PassAsync());
        Assert.Equal((null, ReadFault.Unfinished, 5), await reading is var read ? (read.Badge, read.Fault, read.Bits) : default);
        _time.Advance(TimeSpan.FromSeconds(1));
        _text.Type("65495\n");
        Assert.Equal(ReadFault.NotANumber, (await NextAsync()).Fault);
    }

    [Fact]
    public async Task OfAFloodOfGarbageOneASecondIsToldAndTheNextBadgeIsRead()
    {
        for (int i = 0; i < 500; i++)
            _text.Type("?\n");
        _text.Type("0008065495\n");
        Assert.Equal(ReadFault.Garbage, (await NextAsync()).Fault);
        Assert.Equal(Badge.Parse("H10301:123:4567"), (await NextAsync()).Badge);
        _time.Advance(TimeSpan.FromSeconds(0.999));
        _text.Type("?\n0008065495\n");
        Assert.NotNull((await NextAsync()).Badge);
        _time.Advance(TimeSpan.FromSeconds(0.001));
        _text.Type("?\n");
        Assert.Equal(ReadFault.Garbage, (await NextAsync()).Fault);
    }

    [Fact]
    public async Task ASourceThatEndsIsADeviceThatIsGone()
    {
        _text.Type("0008065495\n").Unplug();
        Assert.NotNull((await NextAsync()).Badge);
        Assert.Contains("unplugged", (await Assert.ThrowsAsync<IOException>(NextAsync)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACancelledWaitLosesNothing()
    {
        using CancellationTokenSource stop = new();
        Task<BadgeRead> reading = _device.NextAsync(stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        _text.Type("0008065495\n");
        Assert.NotNull((await NextAsync()).Badge);
    }

    [Fact]
    public void ItsSourceIsDisposedWithIt()
    {
        _device.Dispose();
        Assert.True(_text.IsDisposed);
    }

    private Task<BadgeRead> NextAsync() => _device.NextAsync(TestContext.Current.CancellationToken).InTimeAsync();
}
