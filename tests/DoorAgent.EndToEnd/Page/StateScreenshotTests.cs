namespace DoorAgent.EndToEnd.Page;

/// <summary>The states that a door can be in, and the steps of pairing and enrolment, written to artifacts/screenshots and checked as
/// <see cref="ScreenshotTests"/> does.</summary>
[Slow]
public sealed class StateScreenshotTests(Browser browser) : IClassFixture<Browser>
{
    private const string Faults = """
        ["The run before ended without stopping at 07:58 while the door was locked. Check the door, then 'dooragent acknowledge'.",
        "Camera: no picture for 12 s (/dev/video0)"]
        """;

    private static readonly Dictionary<string, string> Doors = new()
    {
        ["unlocked"] = ShownAnswers.StatusOf("unlocked", more: ",\"relaySecondsLeft\":4.6"),
        ["open"] = ShownAnswers.StatusOf("open"),
        ["forced"] = ShownAnswers.StatusOf("forced", faults: Faults),
        ["held-open"] = ShownAnswers.StatusOf("held-open"),
        ["held-unlocked"] = ShownAnswers.StatusOf("unlocked", mode: """
            {"mode":"unlocked","words":"x","since":"2026-11-28T08:00:00Z","by":"the page (technician)","until":"2030-11-28T18:00:00Z"}
            """),
        ["lockdown"] = ShownAnswers.StatusOf(mode: """{"mode":"lockdown","words":"x","since":"2026-11-28T08:00:00Z","by":"root"}"""),
    };

    [Theory]
    [InlineData("phone", true, "en")]
    [InlineData("phone", false, "de")]
    public async Task EveryStateIsReadable(string size, bool dark, string language)
    {
        await using ShownDoor door = await ShownDoor.StartAsync();
        await using Visit visit = await browser.VisitAsync(door.Address);
        await visit.PhoneAsync();
        await visit.ColoursAsync(dark);
        await visit.LanguageAsync(language);
        List<string> flaws = [];
        async Task LookAsync(string name)
        {
            await visit.Page.WaitForNetworkIdleAsync(new() { IdleTime = 60, Concurrency = 2 });
            await visit.ShotAsync($"state-{name}-{size}-{(dark ? "dark" : "light")}-{language}");
            flaws.AddRange((await PageFlaws.FindAsync(visit.Page)).Select(flaw => $"{name}: {flaw}"));
        }

        door.Facts = ShownAnswers.DarkFacts;
        foreach ((string name, string status) in Doors)
        {
            door.Stream = [("status", status)];
            await visit.GoAsync("door");
            await LookAsync(name);
        }

        await visit.ShowAsync("events");
        foreach (string sequence in (string[])["1206", "1203", "1202"])
        {
            await visit.Page.WaitForSelectorAsync($".events [data-sequence='{sequence}']");
            await visit.Page.EvaluateFunctionAsync("at => document.querySelector(at).click()",
                $".events [data-sequence='{sequence}'] summary");
        }

        await LookAsync("explained");

        door.Answers["GET /api/people"] = """{"people":[],"total":0,"schedules":["always"]}""";
        door.Answers["GET /api/events"] = """{"events":[],"hasMore":false}""";
        door.Answers["GET /api/links"] = "{}";
        foreach (string screen in (string[])["people", "events", "links"])
        {
            await visit.ShowAsync(screen);
            await LookAsync($"no-{screen}");
        }

        door.Answers["GET /api/enrolments"] = ShownAnswers.Enrolment("badge");
        await visit.ShowAsync("enrol");
        await visit.Page.WaitForSelectorAsync(".advice");
        foreach ((string name, string state) in (IEnumerable<(string, string)>)
        [
            ("noch 41 s|41 s left", ShownAnswers.Enrolment("badge")),
            ("2 von 5|2 of 5", ShownAnswers.Enrolment("pictures", 2, "turn your head a little to the left")),
            ("nicht aufgenommen|was not enrolled", ShownAnswers.Enrolment("failed", 5, words: "looks like adam, who is enrolled")),
        ])
        {
            door.Answers["GET /api/enrolments"] = state;
            await visit.SeesAsync(name.Split('|')[language == "de" ? 0 : 1]);
            await LookAsync($"enrol-{name.Split('|')[1].Replace(' ', '-')}");
        }

        visit.Expected.UnionWith([401, 403]);
        door.Refusals["GET /api/session"] = (401, """{"refusal":"over","problem":"no-session"}""");
        await visit.GoAsync("12345678");
        await visit.Page.WaitForSelectorAsync("input.code");
        await LookAsync("pair");
        door.Refusals["POST /api/pair"] = (403, """{"refusal":"x","problem":"closed-code"}""");
        await visit.TypeAsync(language == "de" ? "Code mit 8 Ziffern" : "Code of 8 digits", "12345678");
        await visit.PressAsync(language == "de" ? "Koppeln" : "Pair");
        await visit.SeesAsync(language == "de" ? "Zu viele falsche Versuche" : "Too many wrong tries");
        await LookAsync("pair-closed");

        Assert.Empty(flaws);
        visit.WasClean();
    }
}
