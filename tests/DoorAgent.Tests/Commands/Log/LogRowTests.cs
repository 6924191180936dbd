using CsCheck;
using DoorAgent.Commands.Log;
using DoorAgent.Events;
using DoorAgent.Tests.Auditing;

namespace DoorAgent.Tests.Commands.Log;

public sealed class LogRowTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private static readonly DoorEvent Denied = SomeEvents.Denied(DenyReason.FaceNotMatched) with { Detail = "15 usable frames" };

    [Fact]
    public void ARecordIsShownInColumns() => Assert.Equal(
        "12:00:00  Denied              adam        H10301 ...67  #1 FaceNotMatched, 1.071/0.883, 15 usable frames",
            LogRow.Of(Denied, Noon, 140));

    [Fact]
    public void AtEightyColumnsLongTextWrapsUnderItsColumn() => Assert.Equal(
        "12:00:00  Denied              adam        H10301 ...67  #1 FaceNotMatched,\n"
        + "                                                        1.071/0.883, 15 usable\n"
        + "                                                        frames", LogRow.Of(Denied, Noon, 80));

    [Fact]
    public void UnknownValuesStayEmptyAndAnUnknownKindIsShownUnchanged()
    {
        DoorEvent melted = new(null) { Sequence = 1, PersonId = 7, Unread = new UnreadWords("DoorMelted", "TooHot", "then") };
        Assert.Equal("then      DoorMelted          person 7                  TooHot", LogRow.Of(melted, null, 80));
    }

    [Fact]
    public void NoWordIsLostAtAnyWidth() => Gen.Select(Gen.Int[20, 200], Gen.String[Gen.Char["abc "], 0, 200]).Sample((width, detail) =>
    {
        string row = LogRow.Of(Denied with { Detail = detail }, Noon, width);
        Assert.Equal("12:00:00DeniedadamH10301...67#1FaceNotMatched,1.071/0.883" + (detail.Length > 0 ? ","
            : "") + detail.Replace(" ", "", StringComparison.Ordinal),
            row.Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal));
        Assert.All(row.Split('\n'), line => Assert.True(line.Length < Math.Max(width, 56 + 21), line));
    });
}
