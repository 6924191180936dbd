using DoorAgent.Networks;

namespace DoorAgent.Tests.Networks;

public sealed class ComparisonRuleTests
{
    [Fact]
    public void EachRuleIsReadFromItsName()
    {
        Assert.Equal(18, ComparisonRule.All.Count);
        Assert.Equal(18, ComparisonRule.All.Select(rule => rule.Name).Distinct().Count());
        Assert.All(ComparisonRule.All, rule => Assert.Equal(rule, ComparisonRule.Parse(rule.Name)));
    }

    [Fact]
    public void TheNameSaysOnlyWhatDiffersFromThePlainRule()
    {
        Assert.Equal("nearest", ComparisonRule.Nearest.Name);
        Assert.Equal("mean+flip+centred", new ComparisonRule(TemplateKind.Mean, FlipUse.Both, IsCentred: true).Name);
        Assert.Equal("trimmed+flip-enrolment", new ComparisonRule(TemplateKind.Trimmed, FlipUse.Enrolment, IsCentred: false).Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Nearest")]
    [InlineData("centred+mean")]
    [InlineData("mean+")]
    public void AnotherTextIsNotARule(string text) => Assert.Null(ComparisonRule.Parse(text));
}
