using DoorAgent.Auditing;
using DoorAgent.Matching;

namespace DoorAgent.Tests.Auditing;

public sealed class RollbackRuleTests
{
    private const string Key = "00000000000000aa", Other = "00000000000000bb";

    private static readonly GalleryHead Open = new(7, "m7"), Sealed = new(7, "m7", "d7", Key);

    [Fact]
    public void TheSameGalleryAndALaterOneMayBeUsed()
    {
        Assert.Null(FaultOf(Open, Open));
        Assert.Null(FaultOf(Sealed, Sealed));
        Assert.Null(FaultOf(new(8, "m8"), Open));
        Assert.Null(FaultOf(new(8, "m8", "d8", Key), Sealed));
        Assert.Null(FaultOf(new(8, "m8", "d8", Key), Open));
    }

    [Fact]
    public void AnOlderOneMayNot()
    {
        Assert.Equal("has revision 6, and revision 7 was in use", FaultOf(new(6, "m6"), Open));
        Assert.Contains("revision 6", FaultOf(new(6, "m6", "d6", Key), Sealed), StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherOneOfTheSameRevisionMayNot()
    {
        Assert.Contains("another content", FaultOf(new(7, "other"), Open), StringComparison.Ordinal);
        Assert.Contains("another content", FaultOf(Sealed with { Mark = "other" }, Sealed), StringComparison.Ordinal);
        Assert.Contains("another content", FaultOf(Sealed with { Digest = "other" }, Sealed), StringComparison.Ordinal);
    }

    [Fact]
    public void AnOpenOneMayNotReplaceASealedOneWhateverItsRevision() =>
        Assert.Equal("is not sealed, and a sealed one was in use", FaultOf(new(9_999, "m"), Sealed));

    /// <summary>Sealing and rotating keep revision and mark.</summary>
    [Fact]
    public void TheSameContentMayBeSealedAndSealedWithTheNextKey()
    {
        Assert.Null(FaultOf(Sealed, Open));
        Assert.Contains("another content", FaultOf(Sealed with { Mark = "other" }, Open), StringComparison.Ordinal);
        GalleryHead next = Sealed with { Digest = "other", KeyId = Other };
        Assert.Null(FaultOf(next, Sealed, isRotation: true));
        Assert.Contains("no change of the key", FaultOf(next, Sealed), StringComparison.Ordinal);
        Assert.Contains("is not sealed", FaultOf(Open, Sealed), StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherKeyNeedsARecordedRotation()
    {
        GalleryHead next = new(8, "m8", "d8", Other);
        Assert.Contains(Other, FaultOf(next, Sealed), StringComparison.Ordinal);
        Assert.Null(FaultOf(next, Sealed, isRotation: true));
    }

    [Fact]
    public void AJournalMayBeTheSameOrLater()
    {
        JournalHead anchored = new(9, "m9");
        Assert.Null(RollbackRule.FaultOf(anchored, anchored));
        Assert.Null(RollbackRule.FaultOf(new JournalHead(10, "m10"), anchored));
        Assert.Equal("ends at record 8, and record 9 was written", RollbackRule.FaultOf(new JournalHead(8, "m8"), anchored));
        Assert.Equal("lacks record 9, which was written", RollbackRule.FaultOf(null, anchored));
        Assert.Null(RollbackRule.FaultOf(anchored, anchored with { Mac = null }));
        Assert.Equal("has another record 9 than the one that was written", RollbackRule.FaultOf(anchored with { Mac = "other" }, anchored));
    }

    private static string? FaultOf(GalleryHead found, GalleryHead newest, bool isRotation = false) =>
        RollbackRule.FaultOf(found, newest, (before, now) => isRotation && (before, now) == (Key, Other));
}
