namespace DoorAgent.EndToEnd.Page;

/// <summary>Every screen at the sizes and colours that people use, written to artifacts/screenshots to look at. Each is checked for text
/// that is cut off or pale, and for what no page may do.</summary>
[Slow]
public sealed class ScreenshotTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly string[] Screens =
        ["door", "events", "people", "person/4/x", "person/2/x", "enrol", "check", "links", "settings", "more"];

    [Theory]
    [InlineData("phone", false, "en")]
    [InlineData("phone", true, "de")]
    [InlineData("desk", false, "de")]
    [InlineData("desk", true, "en")]
    public async Task EveryScreenIsReadable(string size, bool dark, string language)
    {
        await using ShownDoor door = await ShownDoor.StartAsync();
        await using Visit visit = await browser.VisitAsync(door.Address);
        await (size == "phone" ? visit.PhoneAsync() : visit.DeskAsync());
        await visit.ColoursAsync(dark);
        await visit.LanguageAsync(language);
        await visit.GoAsync();
        List<string> flaws = [];
        foreach (string screen in Screens)
        {
            await visit.ShowAsync(screen);
            if (screen == "check")
                await visit.PressAsync(language == "de" ? "Prüfung starten" : "Run the check");
            await visit.Page.WaitForNetworkIdleAsync(new() { IdleTime = 60, Concurrency = 2 });
            await visit.ShotAsync($"{screen.Replace("/", "-", StringComparison.Ordinal)}-{size}-{(dark ? "dark" : "light")}-{language}");
            flaws.AddRange((await PageFlaws.FindAsync(visit.Page)).Select(flaw => $"{screen}: {flaw}"));
        }

        Assert.Empty(flaws);
        visit.WasClean();
    }
}
