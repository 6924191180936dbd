using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Badges.Rfid;

namespace DoorAgent.Hardware.Tests.Badges.Rfid;

public sealed class CardPresenceTests
{
    private static readonly RfidLook First = RfidLook.Card([0x62, 0xB4, 0x34, 0x23]), Second = RfidLook.Card([0x04, 1, 2, 3, 4, 5, 6]);

    private readonly CardPresence _presence = new();

    [Fact]
    public void ACardThatStaysIsReadOnce()
    {
        Assert.Equal(Badge.Parse("UID:62B43423"), Next(First)?.Badge);
        for (int i = 0; i < 100; i++)
            Assert.Null(Next(First));
    }

    [Fact]
    public void ACardThatIsSometimesMissedIsReadOnce()
    {
        Assert.NotNull(Next(First));
        Assert.Null(Next(RfidLook.Empty));
        Assert.Null(Next(RfidLook.Empty));
        Assert.Null(Next(First));
        Assert.Null(Next(RfidLook.Empty));
        Assert.Null(Next(First));
    }

    [Fact]
    public void ACardThatWasRemovedIsReadAgain()
    {
        Assert.NotNull(Next(First));
        for (int i = 0; i < CardPresence.EmptyLooks; i++)
            Assert.Null(Next(RfidLook.Empty));
        Assert.NotNull(Next(First));
    }

    [Fact]
    public void AnotherCardIsReadAtOnce()
    {
        Assert.NotNull(Next(First));
        Assert.Equal(Badge.Parse("UID:04010203040506"), Next(Second)?.Badge);
    }

    [Fact]
    public void SeveralCardsAreReportedOnceUntilTheFieldIsEmpty()
    {
        Assert.Null(Next(RfidLook.Unreadable));
        Assert.Null(Next(RfidLook.Unreadable));
        Assert.Equal(ReadFault.SeveralCards, Next(RfidLook.Unreadable)?.Fault);
        for (int i = 0; i < 100; i++)
            Assert.Null(Next(RfidLook.Unreadable));
        for (int i = 0; i < CardPresence.EmptyLooks; i++)
            Assert.Null(Next(RfidLook.Empty));
        Assert.Null(Next(RfidLook.Unreadable));
        Assert.Null(Next(RfidLook.Unreadable));
        Assert.Equal(ReadFault.SeveralCards, Next(RfidLook.Unreadable)?.Fault);
    }

    [Fact]
    public void ACardThatEntersTheFieldIsNotAFault()
    {
        Assert.Null(Next(RfidLook.Unreadable));
        Assert.Null(Next(RfidLook.Unreadable));
        Assert.NotNull(Next(First)?.Badge);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(11)]
    public void AUidOfAnInvalidLengthIsUnreadable(int length) => Assert.Equal(RfidLook.Unreadable, RfidLook.Card(new byte[length]));

    private BadgeRead? Next(RfidLook look) => _presence.Next(look, TimeSpan.Zero);
}
