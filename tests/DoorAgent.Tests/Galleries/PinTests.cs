using DoorAgent.Galleries;

namespace DoorAgent.Tests.Galleries;

public sealed class PinTests
{
    [Theory]
    [InlineData("4711")]
    [InlineData("1235")]
    [InlineData("290386")]
    [InlineData("90210876")]
    [InlineData("1122")]
    [InlineData("121213")]
    public void FourToEightDigitsAreAPin(string text) => Assert.Equal(text, Pin.Parse(text).Digits);

    [Theory]
    [InlineData("")]
    [InlineData("471")]
    [InlineData("471147114")]
    [InlineData("47a1")]
    [InlineData("47 11")]
    [InlineData("٤٧١١")]
    public void OtherTextIsNotAPin(string text) => Assert.Contains("4 to 8 digits", Refusal(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("0000")]
    [InlineData("99999999")]
    [InlineData("1234")]
    [InlineData("456789")]
    [InlineData("7890")]
    [InlineData("8901")]
    [InlineData("9876")]
    [InlineData("21098")]
    [InlineData("1212")]
    [InlineData("47474747")]
    [InlineData("12121")]
    public void EasilyGuessedPinsAreRefused(string text) => Assert.Contains("anybody guesses", Refusal(text), StringComparison.Ordinal);

    [Fact]
    public void NeitherAPinNorItsRefusalPrintsTheDigits()
    {
        Assert.DoesNotContain("4711", $"{Pin.Parse("4711")}", StringComparison.Ordinal);
        Assert.All(["1234", "471147114", "0000"], text => Assert.DoesNotContain(text, Refusal(text), StringComparison.Ordinal));
    }

    [Fact]
    public void OfAllFourDigitPinsTheseAreRefused() =>
        // 100 of the form abab, of which 10 are aaaa, and 20 runs.
        Assert.Equal(120, Enumerable.Range(0, 10_000).Count(number => Pin.WhyNot($"{number:0000}") is not null));

    private static string Refusal(string text) => Assert.Throws<UserErrorException>(() => Pin.Parse(text)).Message;
}
