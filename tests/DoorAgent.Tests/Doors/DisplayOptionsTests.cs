using DoorAgent.Doors;
using DoorAgent.Hardware.Settings;
using DoorAgent.Settings;

namespace DoorAgent.Tests.Doors;

public sealed class DisplayOptionsTests
{
    private static readonly string[] German =
    [
        "LookAtCamera=Bitte in die Kamera schauen", "EnterPin=PIN und # eingeben", "Welcome=Willkommen", "WelcomeName=Willkommen, {name}",
        "Denied=Kein Zutritt", "Wait={seconds} s warten", "CloseDoor=Tür schließen", "OutOfOrder=Außer Betrieb",
    ];

    [Fact]
    public void WithoutTextsTheDisplaySpeaksEnglish()
    {
        DisplayOptions options = Bound();
        Assert.Equal(["Look at the camera"], options.TextsOf(DisplayText.LookAtCamera, null, 0));
        Assert.Equal(["Welcome, Adam"], options.TextsOf(DisplayText.WelcomeName, "Adam", 0));
        Assert.Equal(["Wait 28 s"], options.TextsOf(DisplayText.Wait, null, 28));
        Assert.False(options.Names);
        Assert.Empty(Errors(options));
    }

    [Fact]
    public void AConfiguredLanguageReplacesEnglish()
    {
        DisplayOptions options = Bound([.. German.Select(text => $"de:{text}")]);
        Assert.Empty(Errors(options));
        Assert.Equal(["Tür schließen"], options.TextsOf(DisplayText.CloseDoor, null, 0));
        Assert.Equal(["Willkommen, Adam"], options.TextsOf(DisplayText.WelcomeName, "Adam", 0));
    }

    /// <summary>A door whose texts are older than the challenge goes on; that one text is in English until it is translated.</summary>
    [Fact]
    public void ALanguageMayLackTheTextsOfTheChallenge()
    {
        string[] german = [.. German.Select(text => $"de:{text}")];
        Assert.Equal(["<- Turn head left"], Bound(german).TextsOf(DisplayText.TurnLeft, null, 0));
        Assert.Equal(["Turn head right ->"], Bound(german).TextsOf(DisplayText.TurnRight, null, 0));
        Assert.Equal(["<- Kopf nach links"], Bound([.. german, "de:TurnLeft=<- Kopf nach links"]).TextsOf(DisplayText.TurnLeft, null, 0));
    }

    [Fact]
    public void SeveralLanguagesAreAllShownAndEnglishNeedsNoTexts()
    {
        DisplayOptions options = Bound([.. German.Select(text => $"de:{text}"), "en:welcome=Hello"]);
        Assert.Empty(Errors(options));
        Assert.Equal(["Willkommen", "Hello"], options.TextsOf(DisplayText.Welcome, null, 0));
        Assert.Equal(["Kein Zutritt", "Access denied"], options.TextsOf(DisplayText.Denied, null, 0));
    }

    [Fact]
    public void HalfALanguageIsRefusedWithWhatIsMissing()
    {
        string error = Assert.Single(Errors(Bound("de:Welcome=Willkommen")));
        Assert.Contains("Display:Texts:de is without LookAtCamera, EnterPin, WelcomeName", error, StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnknownTextIsRefusedWithTheKnownOnes() => Assert.Contains("LookAtCamera, EnterPin",
        Assert.Single(Errors(Bound("en:Goodbye=Bye"))), StringComparison.Ordinal);

    [Fact]
    public void LettersThatDisplaysLackAreRefused() => Assert.Contains("Display:Texts:en:Welcome is Привет; allowed: Latin letters",
        Assert.Single(Errors(Bound("en:Welcome=Привет"))), StringComparison.Ordinal);

    [Fact]
    public void AMisspeltKeyIsRefusedWithTheRightOne()
    {
        Assert.Equal(German.Length, Loaded([.. German.Select(text => $"de:{text}")]).Section<DisplayOptions>().Texts["DE"].Count);
        Assert.Contains("Display:Names", Assert.Throws<UserErrorException>(() => SettingsFile.FromAssignments("test", ["Display:Name=true"]))
            .Message, StringComparison.Ordinal);
    }

    private static LoadedSettings Loaded(params string[] texts) =>
        SettingsFile.FromAssignments("test", [.. texts.Select(text => $"Display:Texts:{text}")]);

    private static DisplayOptions Bound(params string[] texts) => Loaded(texts).Unchecked<DisplayOptions>();

    private static IReadOnlyList<string> Errors(DisplayOptions options) => OptionErrors.Of(options);
}
