using DoorAgent.Auditing;
using DoorAgent.Events;

namespace DoorAgent.Tests.Auditing;

public sealed class ExplanationTests
{
    [Theory]
    [InlineData("FaceNotMatched", "WRN")]
    [InlineData("face-not-matched", "WRN")]
    [InlineData("307", "ERR")]
    [InlineData("doorforced", "ERR")]
    [InlineData("BadgeBlocked", "ERR")]
    [InlineData("Abandoned", "DBG")]
    public void AWordOrAnIdIsExplained(string word, string level) => Assert.Equal(level, Assert.Single(Explanation.Find(word)).Level);

    [Fact]
    public void AnEventAndAReasonOfOneNameAreBothExplained() =>
        Assert.Equal([404, null], Explanation.Find("CameraFault").Select(one => one.Id));

    [Fact]
    public void AMisspeltWordIsAnsweredWithTheMostSimilarOne() => Assert.Contains("Did you mean FaceNotMatched?",
        Assert.Throws<UserErrorException>(() => Explanation.Find("FaceNotMached")).Message, StringComparison.Ordinal);

    [Fact]
    public void ThePageHasEveryEventAndEveryReason()
    {
        string page = Explanation.Page();
        Assert.All(Enum.GetNames<DoorEventKind>(), name => Assert.Contains($" | `{name}` | ", page, StringComparison.Ordinal));
        Assert.All(Enum.GetNames<DenyReason>(), name => Assert.Contains($"\n| `{name}` | ", page, StringComparison.Ordinal));
    }
}
