using DoorAgent.Auditing;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Auditing;

public sealed class MomentTests
{
    [Theory]
    [InlineData("2h", "2026-03-29T10:30:00+02:00")]
    [InlineData("90 s ago", "2026-03-29T12:28:30+02:00")]
    [InlineData("1.5d", "2026-03-28T00:30:00+02:00")]
    [InlineData("1w", "2026-03-22T12:30:00+02:00")]
    [InlineData("today", "2026-03-29T00:00:00+01:00")]
    [InlineData("Yesterday", "2026-03-28T00:00:00+01:00")]
    [InlineData("07:55", "2026-03-29T07:55:00+02:00")]
    [InlineData("2026-03-02", "2026-03-02T00:00:00+01:00")]
    [InlineData("2026-03-02 7:55", "2026-03-02T07:55:00+01:00")]
    [InlineData("2026-03-02T07:55:30", "2026-03-02T07:55:30+01:00")]
    [InlineData("2026-03-02T07:55:30Z", "2026-03-02T07:55:30+00:00")]
    [InlineData("2026-03-29 02:30", "2026-03-29T02:30:00+01:00")]
    public void TimesAreReadInTheZoneOfTheDoor(string text, string expected) =>
        Assert.Equal(Exactly(expected), Moment.Parse(text, SpringForward(), isEnd: false));

    [Theory]
    [InlineData("today", "2026-03-30T00:00:00+02:00")]
    [InlineData("yesterday", "2026-03-29T00:00:00+01:00")]
    [InlineData("2026-03-02", "2026-03-03T00:00:00+01:00")]
    [InlineData("07:55", "2026-03-29T07:55:00+02:00")]
    public void ADayAsAnEndIsItsLastMoment(string text, string expected) =>
        Assert.Equal(Exactly(expected), Moment.Parse(text, SpringForward(), isEnd: true));

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("2026-02-30")]
    [InlineData("25:00")]
    [InlineData("-2h")]
    [InlineData("99999999w")]
    [InlineData("9999-12-31")]
    public void TextThatIsNotATimeIsRefusedWithTheForms(string text) => Assert.Contains("yesterday",
        Assert.Throws<UserErrorException>(() => Moment.Parse(text, SpringForward(), isEnd: true)).Message, StringComparison.Ordinal);

    private static DateTimeOffset Exactly(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    // The day on which Berlin's clocks go forward, half past noon.
    private static FakeTimeProvider SpringForward()
    {
        FakeTimeProvider time = new(Exactly("2026-03-29T12:30:00+02:00").ToUniversalTime());
        time.SetLocalTimeZone(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        return time;
    }
}
