using System.Reflection;
using DoorAgent.Auditing;
using DoorAgent.Events;
using DoorAgent.Faces;

namespace DoorAgent.Tests.Faces;

public sealed class UnusableReasonTests
{
    [Fact]
    public void EveryReasonHasAllItsWords() => Assert.All(UnusableReasons.All, reason =>
    {
        UnusableReasonText text = reason.Text();
        Assert.All(typeof(UnusableReasonText).GetProperties().Where(property => property.PropertyType == typeof(string)),
            property => Assert.False(string.IsNullOrWhiteSpace((string?)property.GetValue(text)), $"{reason}.{property.Name}"));
    });

    [Fact]
    public void NoTwoReasonsShareTheirWords()
    {
        foreach (PropertyInfo property in typeof(UnusableReasonText).GetProperties()
            .Where(property => property.PropertyType == typeof(string)))
            Assert.Equal(UnusableReasons.All.Count,
                UnusableReasons.All.Select(reason => property.GetValue(reason.Text())).Distinct().Count());
    }

    [Fact]
    public void EveryReasonIsAReasonToDenyOfTheSameName() => Assert.All(UnusableReasons.All, reason =>
    {
        DenyReason denial = reason.ToDenyReason();
        Assert.Equal(reason.ToString(), denial.ToString());
        Assert.Equal(reason, denial.ToUnusableReason());
        Assert.Equal((reason.Text().Denial, reason.Text().Remedy), DenialWords.Of(denial));
    });

    [Fact]
    public void OnlyFramesWithoutAFaceDoNotCountInAnAttempt() =>
        Assert.Equal([UnusableReason.NoFace], UnusableReasons.All.Where(reason => !reason.Text().CountsInAttempt));
}
