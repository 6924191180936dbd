using System.Globalization;
using CsCheck;
using DoorAgent.Auditing;
using DoorAgent.Events;
using DoorAgent.Hardware.Settings;
using DoorAgent.Settings;

namespace DoorAgent.Tests.Settings;

public sealed class SettingFormTests
{
    [Theory]
    [InlineData("300 ms", 300)]
    [InlineData("300ms", 300)]
    [InlineData("5 s", 5_000)]
    [InlineData("0.5 s", 500)]
    [InlineData("10 min", 600_000)]
    [InlineData("1 h", 3_600_000)]
    [InlineData("2 d", 172_800_000)]
    [InlineData("00:00:05", 5_000)]
    [InlineData("00:00:00.25", 250)]
    public void TimesAreReadWithTheirUnit(string text, double milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds).ToString("c"), Normalised<TimeSpan>(text));

    [Theory]
    [InlineData("5")]
    [InlineData("abc")]
    [InlineData("5 parsecs")]
    [InlineData("-5 s")]
    [InlineData("1e3 s")]
    [InlineData("")]
    [InlineData("99999999999999999999 d")]
    public void ATimeThatCouldMeanAnythingIsRefused(string text) => Assert.Null(Normalised<TimeSpan>(text));

    [Fact]
    public void EveryTimeWrittenInMillisecondsIsReadBack() => Gen.Int[0, int.MaxValue].Sample(milliseconds =>
        Normalised<TimeSpan>(string.Create(CultureInfo.InvariantCulture, $"{milliseconds} ms"))
            == TimeSpan.FromMilliseconds(milliseconds).ToString("c"));

    [Fact]
    public void EveryTimeThatIsShownIsReadBack() => Gen.Int[0, int.MaxValue].Sample(milliseconds =>
        Normalised<TimeSpan>(SettingText.Of(TimeSpan.FromMilliseconds(milliseconds))) == TimeSpan.FromMilliseconds(milliseconds).ToString("c"));

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(500, "500 ms")]
    [InlineData(90_000, "90 s")]
    [InlineData(900_000, "15 min")]
    [InlineData(60_000, "60 s")]
    [InlineData(70_000, "70 s")]
    [InlineData(2_900, "2.9 s")]
    [InlineData(86_400_000, "24 h")]
    [InlineData(172_800_000, "2 d")]
    public void TimesAreShownInTheLargestWholeUnitOfWhichThereAreTwo(int milliseconds, string expected) =>
        Assert.Equal(expected, SettingText.Of(TimeSpan.FromMilliseconds(milliseconds)));

    [Theory]
    [InlineData("on", "True")]
    [InlineData("No", "False")]
    [InlineData("true", "True")]
    [InlineData("1", null)]
    public void SwitchesAreReadInWords(string text, string? expected) => Assert.Equal(expected, Normalised<bool>(text));

    [Theory]
    [InlineData("face-not-matched", "FaceNotMatched")]
    [InlineData("facenotmatched", "FaceNotMatched")]
    [InlineData("0", null)]
    public void WordsAreReadWithHyphensAndNeverAsNumbers(string text, string? expected) => Assert.Equal(expected, Normalised<DenyReason>(text));

    [Theory]
    [InlineData(typeof(double), "1e-5", true)]
    [InlineData(typeof(double), "1,5", false)]
    [InlineData(typeof(int), "1.5", false)]
    [InlineData(typeof(int), "99999999999", false)]
    [InlineData(typeof(int?), "3", true)]
    public void NumbersAreCheckedByTheirType(Type type, string text, bool isRead) => Assert.Equal(isRead, SettingForm.TryNormalise(type, text, out _));

    [Fact]
    public void FormsAreDescribedAsPeopleWriteThem()
    {
        Assert.Equal("deny, allow", SettingForm.Describe(typeof(OnAuditFailure)));
        Assert.Equal("a whole number", SettingForm.Describe(typeof(int?)));
    }

    private static string? Normalised<T>(string text) => SettingForm.TryNormalise(typeof(T), text, out string? normalised) ? normalised : null;
}
