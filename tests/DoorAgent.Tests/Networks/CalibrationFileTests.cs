using System.Text;
using DoorAgent.Networks;

namespace DoorAgent.Tests.Networks;

public sealed class CalibrationFileTests
{
    private static readonly CalibrationFile Table = new("own-net", new string('a', 64), "yunet-n", "mean+flip",
        [
            new CalibrationRow(1e-3, 1.1) { Low = 1.09, High = 1.11 },
            new CalibrationRow(1e-7, 0.8) { Low = 0.8, High = 0.9, IsEstimate = true },
        ],
        "LFW", new string('b', 64), 13_180, 5_749, 87_307_271, new DateOnly(2026, 11, 28));

    [Fact]
    public void ATableIsReadAsItWasWritten()
    {
        CalibrationFile read = CalibrationFile.Parse(Table.ToJson());

        Assert.Equal(Table with { Rows = read.Rows }, read);
        Assert.Equal(Table.Rows, read.Rows);
        Assert.Equal(87_307_271, read.ToEntry(Catalogue.Embedded.Entries).Comparisons);
        Assert.Contains("\"isEstimate\": true", Encoding.UTF8.GetString(Table.ToJson()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "JSON")]
    [InlineData("null", "empty")]
    [InlineData("{}", "encoder")]
    public void AnotherTextIsRefused(string text, string why) => Assert.Contains(why,
        Assert.Throws<InvalidDataException>(() => CalibrationFile.Parse(Encoding.UTF8.GetBytes(text))).Message, StringComparison.Ordinal);

    [Fact]
    public void AnUnknownRuleOrATableOfEstimatesAloneIsRefused()
    {
        Assert.Contains("'best' is not the name of a rule", Thrown(Table with { Rule = "best" }), StringComparison.Ordinal);
        Assert.Contains("no measured row", Thrown(Table with { Rows = [Table.Rows[1]] }), StringComparison.Ordinal);

        static string Thrown(CalibrationFile file) =>
            Assert.Throws<InvalidDataException>(() => CalibrationFile.Parse(file.ToJson())).Message;
    }
}
