using DoorAgent.Simulation;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Simulation;

/// <summary>The production worker with real pictures and real networks.</summary>
public sealed class ScenarioRunTests(ITestOutputHelper output)
{
    [Slow]
    [Theory]
    [InlineData("day")]
    [InlineData("hours")]
    [InlineData("face-only")]
    [InlineData("badge-or-face")]
    [InlineData("badge-only")]
    [InlineData("keypad")]
    [InlineData("passback")]
    [InlineData("people")]
    [InlineData("liveness")]
    [InlineData("attacks")]
    public async Task TheBuiltInScenarioPlaysAsExpected(string name) => await PlayAsync(name, [], [Places.BuiltInModels]);

    [Slow]
    [Theory]
    [InlineData("seed")]
    [InlineData("seed-identify")]
    public async Task TheSeedsOwnScenarioPlaysAsExpected(string name) =>
        await PlayAsync(name, [$"seed={Shared.Need("faces/seed")}"], [Shared.Need("models"), Places.BuiltInModels]);

    [Slow]
    [Theory]
    [InlineData("liveness")]
    [InlineData("liveness-turn")]
    [InlineData("attacks")]
    public async Task TheLivenessNetworksDecideAsTheScenarioExpects(string name) =>
        await PlayAsync(name, [], [Shared.Need("models"), Places.BuiltInModels]);

    [Slow]
    [Theory]
    [InlineData("day")]
    [InlineData("keypad")]
    [InlineData("liveness")]
    public async Task TwoRunsOfOneFileMakeTheSameDecisionsAtTheSameInstants(string name)
    {
        IReadOnlyList<Observation> first = await PlayAsync(name, [], [Places.BuiltInModels]);
        IReadOnlyList<Observation> second = await PlayAsync(name, [], [Places.BuiltInModels]);
        Assert.Equal(first.Select(Line), second.Select(Line));

        static string Line(Observation happened) => happened.ToString();
    }

    [Fact]
    public async Task AnUnexpectedObservationIsADifference()
    {
        using TempFolder folder = new();
        string file = Path.Combine(folder.Path, "short.door");
        await File.WriteAllTextAsync(file, """
            start 2026-03-02 07:55:00 Europe/Berlin
            set Liveness:Mode off
            enrol adam badge H10301:123:4567 from builtin:adam/enrol-*.jpg
            1      camera builtin:adam/door-1/*.jpg rate 10
            +0.2   badge H10301:123:4567
                   expect denied FaceNotMatched adam within 5
            +10    end
            """, TestContext.Current.CancellationToken);
        (ScenarioReport report, _) = await ScenarioRun.PlayAsync(
            file, ScenarioFiles.Roots([]), [Places.BuiltInModels], isLogged: false, TestContext.Current.CancellationToken);
        Assert.Equal([Verdict.Missed, Verdict.Unexpected, Verdict.Unexpected], report.Rows.Select(row => row.Verdict));
    }

    // Every picture matches, so the owner is not to blame, and is not locked out.
    [Fact]
    public async Task ASlowCameraIsReportedAndLocksNobodyOut()
    {
        using TempFolder folder = new();
        string file = folder.Write("slow.door", """
            start 2026-03-02 07:55:00 Europe/Berlin
            set Liveness:Mode off
            enrol adam badge H10301:123:4567 from builtin:adam/enrol-*.jpg
            0      camera builtin:adam/door-1/*.jpg rate 0.9
                   expect event CameraSlow within 12
            5      badge H10301:123:4567
                   expect denied TooFewPictures adam within 11
            +12    badge H10301:123:4567
                   expect denied TooFewPictures adam within 11
            +12    badge H10301:123:4567
                   expect denied TooFewPictures adam within 11
            +12    camera builtin:adam/door-1/*.jpg rate 10
            +1     badge H10301:123:4567
                   expect granted adam within 4
                   expect relay on for 5 within 4
            +10    end
            """);
        await PlayAsync(file, [], [Places.BuiltInModels]);
    }

    [Slow]
    [Fact]
    public async Task AnUprightPersonBeforeACameraWhosePictureIsTurnedByTheSettingIsNotComparedAtAll()
    {
        using TempFolder folder = new();
        string file = folder.Write("turned.door", """
            start 2026-03-02 07:55:00 Europe/Berlin
            set Liveness:Mode off
            set Hardware:CameraRotation 180
            enrol adam badge H10301:123:4567 from builtin:adam/enrol-*.jpg
            0      camera builtin:adam/door-1/*.jpg rate 10
            5      badge H10301:123:4567
                   expect denied NotUpright adam within 11
            +12    end
            """);
        await PlayAsync(file, [], [Places.BuiltInModels]);
    }

    [Fact]
    public async Task DuressIsAnAlarmThatALineMustExpect()
    {
        using TempFolder folder = new();
        string file = folder.Write("duress.door", """
            start 2026-03-02 07:55:00 Europe/Berlin
            set Liveness:Mode off
            set Badges:Keypad 4-bit
            set Decisions:Pin required
            enrol adam badge H10301:123:4567 pin 4711 duress 1177 from builtin:adam/enrol-*.jpg
            1      camera builtin:adam/door-1/*.jpg rate 10
            +0.2   badge H10301:123:4567
            +1     keys 1177#
                   expect granted adam within 5
                   expect relay on for 5 within 5
            +10    end
            """);
        (ScenarioReport report, _) = await ScenarioRun.PlayAsync(
            file, ScenarioFiles.Roots([]), [Places.BuiltInModels], isLogged: false, TestContext.Current.CancellationToken);
        ReportRow row = Assert.Single(report.Rows, row => row.IsDifference);
        Assert.Equal((Verdict.Unexpected, "event Duress adam"), (row.Verdict, row.Actual));
    }

    [Fact]
    public async Task KeysWithoutAKeypadAreRefusedWithTheSetting()
    {
        using TempFolder folder = new();
        string file = folder.Write("keys.door", """
            start 2026-03-02 07:55:00 Europe/Berlin
            enrol adam from builtin:adam/enrol-*.jpg
            1      keys 1177#
            +10    end
            """);
        UserErrorException refusal = await Assert.ThrowsAsync<UserErrorException>(() => ScenarioRun.PlayAsync(
            file, ScenarioFiles.Roots([]), [Places.BuiltInModels], isLogged: false, TestContext.Current.CancellationToken));
        Assert.Contains("Badges:Keypad is none", refusal.Message, StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<Observation>> PlayAsync(string name, string[] roots, string[] models)
    {
        (ScenarioReport report, IReadOnlyList<Observation> happened) = await ScenarioRun.PlayAsync(
            ScenarioFiles.Find(name), ScenarioFiles.Roots(roots), models, isLogged: false, TestContext.Current.CancellationToken);
        foreach (ReportRow row in report.Rows.Where(row => row.IsDifference))
            output.WriteLine(row.ToString());
        Assert.True(report.IsAsExpected, report.Summary);
        return happened;
    }
}
