using DoorAgent.Events;
using DoorAgent.Link.Mqtt;

namespace DoorAgent.Tests.Link.Mqtt;

public sealed class EventPayloadTests
{
    private static readonly DateTimeOffset Time = new(2027, 1, 2, 3, 4, 5, 678, TimeSpan.FromHours(1));

    [Fact]
    public void ADenialHasItsReasonAndItsTime() => Assert.Equal(
        """{"event_type":"denied","reason":"FaceNotMatched","time":"2027-01-02T03:04:05.678+01:00"}""",
        EventPayload.Of(Made(DoorEventKind.Denied) with { Reason = DenyReason.FaceNotMatched }));

    [Theory]
    [InlineData(nameof(DoorEventKind.Granted), "granted")]
    [InlineData(nameof(DoorEventKind.AccessTaken), "taken")]
    [InlineData(nameof(DoorEventKind.AccessNotTaken), "not_taken")]
    [InlineData(nameof(DoorEventKind.ExitTaken), "exit")]
    [InlineData(nameof(DoorEventKind.DoorForced), "forced")]
    [InlineData(nameof(DoorEventKind.HeldOpen), "held_open")]
    [InlineData(nameof(DoorEventKind.Restored), "restored")]
    [InlineData(nameof(DoorEventKind.OperatorUnlock), "operator_unlock")]
    public void AnEventHasAWord(string kind, string type) =>
        Assert.Equal($$"""{"event_type":"{{type}}"}""", EventPayload.Of(new DoorEvent(Enum.Parse<DoorEventKind>(kind))));

    [Fact]
    public void DiscoveryListsTheWordsThatArePublished() => Assert.Equal(
        EventPayload.Types.Order(StringComparer.Ordinal),
        Enum.GetValues<DoorEventKind>().Select(kind => EventPayload.Of(new DoorEvent(kind))).OfType<string>()
            .Select(text => text.Split('"')[3]).Order(StringComparer.Ordinal));

    /// <summary>Whatever a later version adds to an event, nothing of it leaves the house by itself.</summary>
    [Fact]
    public void NoMessageNamesAPersonABadgeADistanceOrTheNumberOfTheRecord() =>
        Assert.All(Enum.GetValues<DoorEventKind>().Select(kind => EventPayload.Of(Made(kind))).OfType<string>(), text =>
            Assert.Matches("""^\{"event_type":"[a-z_]+","time":"2027-01-02T03:04:05.678\+01:00"\}$""", text));

    [Fact]
    public void AVisitUnderDuressLooksLikeAnyOther()
    {
        DoorEventKind[] visit = [DoorEventKind.AttemptOpened, DoorEventKind.PinAwaited, DoorEventKind.Granted, DoorEventKind.RelayOn,
            DoorEventKind.AccessTaken, DoorEventKind.RelayOff, DoorEventKind.DoorClosed];

        Assert.Equal(Published(visit), Published([.. visit.Take(2), DoorEventKind.Duress, .. visit.Skip(2)]));
    }

    [Fact]
    public void ARecordOfALaterVersionIsNotPublished() => Assert.Null(EventPayload.Of(new DoorEvent(null as DoorEventKind?)));

    private static string?[] Published(IReadOnlyList<DoorEventKind> visit) =>
        [.. visit.Select((kind, i) => Made(kind) with { Sequence = i + 1 }).Select(EventPayload.Of).Where(text => text is not null)];

    private static DoorEvent Made(DoorEventKind kind) => new(kind)
    {
        Time = Time, Sequence = 4711, PersonId = 17, PersonName = "anna", BadgeHint = "26-bit ..45", Distance = 0.4f, Threshold = 0.5f,
        Encoder = "sface", Detail = "{person 17: anna}",
    };
}
