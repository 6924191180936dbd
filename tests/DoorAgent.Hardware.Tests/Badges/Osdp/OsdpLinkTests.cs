using System.Collections;
using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Badges.Osdp;
using DoorAgent.Hardware.Tests.Support;

namespace DoorAgent.Hardware.Tests.Badges.Osdp;

public sealed class OsdpLinkTests : IDisposable
{
    private static readonly Badge Known = Badge.Parse("H10301:123:4567");

    private readonly AwaitedTime _time = new();
    private readonly OsdpLink _link;

    public OsdpLinkTests() => _link = new OsdpLink(new WiegandDecoder([WiegandFormat.Find("H10301")!]), _time);

    public void Dispose() => _time.Dispose();

    [Fact]
    public async Task ACardInTheSecureChannelIsABadge()
    {
        Secure();
        _link.OnCardRead(Bits(WiegandFormat.Encode(Known)));
        Assert.Equal(new BadgeRead(Known, ReadFault.None, _time.Monotonic(), 26), await NextAsync());
    }

    [Theory]
    [InlineData("10111101100010001110101111", ReadFault.Parity)]
    [InlineData("1011", ReadFault.Length)]
    [InlineData("", ReadFault.Length)]
    public async Task AWrongFrameIsTheSameFaultAsOverWiegand(string bits, object fault)
    {
        Secure();
        _link.OnCardRead(Bits(bits));
        Assert.Equal(new BadgeRead(null, (ReadFault)fault, _time.Monotonic(), bits.Length), await NextAsync());
    }

    [Fact]
    public async Task AFrameLongerThanAnyFormatIsAFault()
    {
        Secure();
        _link.OnCardRead(new BitArray(8 * 1024));
        Assert.Equal(new BadgeRead(null, ReadFault.Length, _time.Monotonic(), 8 * 1024), await NextAsync());
    }

    [Fact]
    public async Task KeysArriveInOrder()
    {
        Secure();
        _link.OnKeysPressed([0x34, 0x37, 0x7F, 0x41, 0x0D]);
        List<BadgeRead> reads = [];
        for (int i = 0; i < 5; i++)
            reads.Add(await NextAsync());
        Assert.Equal(['4', '7', '*', null, '#'], reads.Select(read => read.Key?.Symbol));
        Assert.Equal(ReadFault.NoKey, reads[3].Fault);
    }

    [Fact]
    public async Task ReadsBeforeTheChannelIsSecureAndSettledAreIgnored()
    {
        _link.OnCardRead(Bits(WiegandFormat.Encode(Known)));
        _link.OnStatusChanged(isConnected: true, isSecure: false);
        _link.OnCardRead(Bits(WiegandFormat.Encode(Known)));
        _link.OnStatusChanged(isConnected: true, isSecure: true);
        _link.OnCardRead(Bits(WiegandFormat.Encode(Known)));
        _time.Advance(OsdpLink.Settling);
        _link.OnKeysPressed([0x31]);
        Assert.Equal('1', (await NextAsync()).Key?.Symbol);
    }

    [Theory]
    [InlineData(true, "without the secure channel")]
    [InlineData(false, "silent")]
    public async Task ALostChannelEndsTheLinkAndLaterReadsAreIgnored(bool isConnected, string said)
    {
        Secure();
        _link.OnStatusChanged(isConnected, isSecure: false);
        _link.OnCardRead(Bits(WiegandFormat.Encode(Known)));
        _link.OnStatusChanged(isConnected: true, isSecure: true);
        _time.Advance(OsdpLink.Settling);
        _link.OnCardRead(Bits(WiegandFormat.Encode(Known)));
        Assert.Contains(said, (await Assert.ThrowsAsync<IOException>(NextAsync)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public async Task ARefusedChannelIsReported(int code)
    {
        Task opening = _link.SecureAsync(TestContext.Current.CancellationToken);
        _link.OnNak(code);
        IOException refusal = await Assert.ThrowsAsync<IOException>(() => opening);
        Assert.Contains("refuses the secure channel", refusal.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<IOException>(NextAsync);
    }

    [Fact]
    public async Task AnotherNegativeAnswerChangesNothing()
    {
        Secure();
        _link.OnNak(3);
        _link.OnCardRead(Bits(WiegandFormat.Encode(Known)));
        Assert.Equal(Known, (await NextAsync()).Badge);
    }

    [Fact]
    public async Task TheLinkIsOpenWhenTheChannelHasSettled()
    {
        Task opening = _link.SecureAsync(TestContext.Current.CancellationToken);
        _link.OnStatusChanged(isConnected: false, isSecure: false);
        _link.OnStatusChanged(isConnected: true, isSecure: true);
        Assert.False(opening.IsCompleted);
        Assert.Equal(OsdpLink.OpensWithin, await _time.WaitAsync());
        Assert.Equal(OsdpLink.Settling.TotalSeconds, await _time.PassAsync());
        await opening;
    }

    [Fact]
    public async Task ALinkWithoutASecureChannelIsNotOpened()
    {
        Task opening = _link.SecureAsync(TestContext.Current.CancellationToken);
        await _time.PassAsync();
        Assert.Contains("no secure channel", (await Assert.ThrowsAsync<IOException>(() => opening)).Message, StringComparison.Ordinal);
    }

    private void Secure()
    {
        _link.OnStatusChanged(isConnected: true, isSecure: true);
        _time.Advance(OsdpLink.Settling);
    }

    private static BitArray Bits(string bits) => new([.. bits.Select(bit => bit == '1')]);

    private Task<BadgeRead> NextAsync() => _link.NextAsync(TestContext.Current.CancellationToken).AsTask();
}
