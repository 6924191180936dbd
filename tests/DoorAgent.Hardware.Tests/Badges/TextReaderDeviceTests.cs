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
    public async Task ANumberInPiecesIsABadge()
    {
        _text.Type("00").Type("0806549").Type("5\r").Type("\n0008065496\r\n");
        Assert.Equal(new BadgeRead(Badge.Parse("H10301:123:4567"), ReadFault.None, _time.Monotonic(), 10), await NextAsync());
        Assert.Equal(Badge.Parse("H10301:123:4568"), (await NextAsync()).Badge);
    }

    [Fact]
    public async Task ANumberInAnotherFormatIsAFault()
    {
        _text.Type("12345\n");
        Assert.Equal(new BadgeRead(null, ReadFault.NotANumber, _time.Monotonic(), 5), await NextAsync());
    }

    [Theory]
    [InlineData(" 0008065495 \r\n", ReadFault.None)]
    [InlineData("\u00020008065495\u0003", ReadFault.None)]
    [InlineData("\t123,04567\n", ReadFault.None)]
    [InlineData("h10301:123:4567\n", ReadFault.None)]
    [InlineData("0x007B11D7\n", ReadFault.NotANumber)]
    [InlineData("12 34\n", ReadFault.NotANumber)]
    [InlineData("hello\n", ReadFault.NotANumber)]
    [InlineData("\u0002\u00FF\u0003", ReadFault.Garbage)]
    internal async Task CommonReaderFormatsAreReadOrRejectedWithTheirFault(string text, ReadFault fault)
    {
        _text.Type(text);
        BadgeRead read = await NextAsync();
        Assert.Equal((fault, fault == ReadFault.None ? "H10301:123:4567" : null), (read.Fault, read.Badge?.Number));
    }

    [Theory]
    [InlineData("\u00026700AE1F03D5\u0003", ReadFault.None)]
    [InlineData("\u00026700AE1F03D4\u0003", ReadFault.Checksum)]
    [InlineData("\u00026700AE1F13D5\r\n\u0003", ReadFault.Checksum)]
    [InlineData("6700AE1F03D4\n", ReadFault.None)]
    internal async Task AWrongChecksumIsAFaultAndNotABadge(string text, ReadFault fault)
    {
        using TypedText source = new();
        using TextReaderDevice device = new(source, TextFormat.Find("hex-uid")!, _time);
        source.Type(text);
        BadgeRead read = await device.NextAsync(TestContext.Current.CancellationToken);
        Assert.Equal((fault, fault == ReadFault.None), (read.Fault, read.Badge is not null));
    }

    [Fact]
    public async Task TwoHalvesWithAPauseBetweenAreNotJoined()
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
    public async Task AFloodOfGarbageIsReportedOnceASecondAndTheNextBadgeIsRead()
    {
        for (int i = 0; i < 500; i++)
            _text.Type("\u00FF\n");
        _text.Type("0008065495\n");
        Assert.Equal(ReadFault.Garbage, (await NextAsync()).Fault);
        Assert.Equal(Badge.Parse("H10301:123:4567"), (await NextAsync()).Badge);
        _time.Advance(TimeSpan.FromSeconds(0.999));
        _text.Type("\u00FF\n0008065495\n");
        Assert.NotNull((await NextAsync()).Badge);
        _time.Advance(TimeSpan.FromSeconds(0.001));
        _text.Type("\u00FF\n");
        Assert.Equal(ReadFault.Garbage, (await NextAsync()).Fault);
    }

    [Fact]
    public async Task TheEndOfTheSourceIsReportedAsUnplugged()
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
    public void TheDeviceDisposesItsSource()
    {
        _device.Dispose();
        Assert.True(_text.IsDisposed);
    }

    private Task<BadgeRead> NextAsync() => _device.NextAsync(TestContext.Current.CancellationToken).InTimeAsync();
}
