using System.Globalization;
using DoorAgent.Matching;

namespace DoorAgent.Tests.Matching;

public sealed class ValidityDateTests
{
    [Theory]
    [InlineData("2026-03-31", "2026-03-31")]
    [InlineData("2028-02-29", "2028-02-29")]
    [InlineData("2026-03-31T18:00", "2026-03-31T18:00")]
    [InlineData("2026-03-31 18:00", "2026-03-31T18:00")]
    [InlineData("2026-03-31T18:00:30", "2026-03-31T18:00:30")]
    [InlineData("2026-03-31 00:00:00", "2026-03-31T00:00")]
    [InlineData("9999-12-31", "9999-12-31")]
    public void ADayOrATimeIsParsedAndFormatted(string text, string written)
    {
        ValidityDate date = ValidityDate.Parse(text);
        Assert.Equal(written, date.ToString());
        Assert.Equal(date, ValidityDate.Parse(written));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-02-29")]
    [InlineData("31.3.2026")]
    [InlineData("2026-3-31")]
    [InlineData("2026-03-31T24:00")]
    [InlineData("2026-03-31T18:00Z")]
    public void TextThatIsNotADateIsRefusedWithAnExample(string text) =>
        Assert.Contains("2026-03-31T18:00",
            Assert.Throws<FormatException>(() => ValidityDate.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("2026-03-31", "2026-03-30T23:59:59", false, false)]
    [InlineData("2026-03-31", "2026-03-31T00:00:00", true, false)]
    [InlineData("2026-03-31", "2026-03-31T23:59:59", true, false)]
    [InlineData("2026-03-31", "2026-04-01T00:00:00", true, true)]
    [InlineData("2026-03-31T18:00", "2026-03-31T17:59:59", false, false)]
    [InlineData("2026-03-31T18:00", "2026-03-31T18:00:00", true, true)]
    [InlineData("9999-12-31", "9999-12-31T23:59:59", true, false)]
    public void ADayLastsToItsEndAndATimeIsOverWhenReached(string text, string local, bool hasBegun, bool isOver)
    {
        DateTime now = DateTime.Parse(local, CultureInfo.InvariantCulture);
        Assert.Equal((hasBegun, isOver), (ValidityDate.Parse(text).HasBegun(now), ValidityDate.Parse(text).IsOver(now)));
    }

    [Theory]
    [InlineData("2026-03-31", "2026-03-31", false)]
    [InlineData("2026-03-30", "2026-03-31", true)]
    [InlineData("2026-03-31T08:00", "2026-03-31T08:00", true)]
    [InlineData("2026-03-31", "2026-03-31T08:00", false)]
    [InlineData("2026-03-31T08:00", "2026-03-31", false)]
    public void AnEndBeforeTheStartIsDetected(string until, string from, bool isBefore) =>
        Assert.Equal(isBefore, ValidityDate.Parse(until).IsBefore(ValidityDate.Parse(from)));
}
