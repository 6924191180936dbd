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

    // Without a way to its only table, a new gallery with such an encoder could never be begun: only people give a gallery a rule.
    [Theory]
    [InlineData("nearest", "nearest", "mean")]
    [InlineData("mean", "mean", "mean+centred")]
    [InlineData("nearest+flip", "mean", "nearest+flip")]
    [InlineData("trimmed+flip", "trimmed+flip")]
    [InlineData("nearest", "nearest+centred")]
    [InlineData("nearest")]
    public void ANewGalleryTakesARuleWithATable(string best, params string[] tables)
    {
        CalibrationRow[] rows = [new(1e-3, 1.1), new(1e-6, 0.9)];
        CatalogueEntry encoder = new("made", ModelTask.Encoder, "", 0, "", "", "")
        {
            Calibration = [.. tables.Select(rule => new CalibrationEntry("yunet-n", rule, rows)), new("other", "mean+flip", rows)],
        };
        Assert.Equal(best, ComparisonRule.Best(encoder, "yunet-n").Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Nearest")]
    [InlineData("centred+mean")]
    [InlineData("mean+")]
    public void AnotherTextIsNotARule(string text) => Assert.Null(ComparisonRule.Parse(text));
}
