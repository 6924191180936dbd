using DoorAgent.Events;
using DoorAgent.Simulation;
using DoorAgent.Storage;

namespace DoorAgent.Tests.Simulation;

/// <summary>The scenario files that are shipped.</summary>
public sealed class BuiltInScenarioTests
{
    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*.door").Select(path => Path.GetFileName(path))];

    private static string Folder => Path.Combine(Places.BuiltIn, "scenarios");

    [Theory]
    [MemberData(nameof(Files))]
    public void IsReadAndPrintedAndReadAgain(string file)
    {
        Scenario scenario = Read(file);
        Assert.Equal(scenario, ScenarioParser.Parse(ScenarioPrinter.Print(scenario), file));
        Assert.IsType<EndScenario>(scenario.Steps[^1].Action);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void NothingIsPlayedBeyondTheEnd(string file)
    {
        Scenario scenario = Read(file);
        Assert.All(
            scenario.Steps.SelectMany(step => step.Expectations.Select(expectation => step.At + expectation.Window)),
            by => Assert.True(by <= scenario.Duration));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void EveryPictureOfOurOwnIsThere(string file)
    {
        PictureGlob globs = new(Folder, new Dictionary<string, string> { ["builtin"] = Places.BuiltInPeople });
        Assert.All(Globs(Read(file)).Where(glob => glob.StartsWith("builtin:", StringComparison.Ordinal)),
            glob => Assert.NotEmpty(globs.Find(glob)));
    }

    [Theory]
    [InlineData("seed.door")]
    [InlineData("seed-identify.door")]
    public void EveryPictureOfTheSeedIsThere(string file)
    {
        PictureGlob globs = new(Folder, new Dictionary<string, string> { ["seed"] = Support.Shared.Need("faces/seed") });
        Assert.All(Globs(Read(file)), glob => Assert.Single(globs.Find(glob)));
    }

    [Fact]
    public void TheDayShowsEveryReasonThatItPromises()
    {
        DenyReason[] reasons = [.. Read("day.door").Steps.SelectMany(step => step.Expectations).OfType<ExpectDenied>().Select(denied => denied.Reason).Distinct()];
        Assert.Equivalent(
            new[]
            {
                DenyReason.FaceNotMatched, DenyReason.UnknownBadge, DenyReason.BadgeBlocked, DenyReason.CameraFault,
                DenyReason.SeveralFaces, DenyReason.LockedOut, DenyReason.PersonDisabled,
            },
            reasons, strict: true);
    }

    private static Scenario Read(string file) => ScenarioParser.ReadFile(Path.Combine(Folder, file));

    private static IEnumerable<string> Globs(Scenario scenario) =>
    [
        .. scenario.Enrolments.Select(enrolment => enrolment.Pictures),
        .. scenario.Steps.Select(step => step.Action).OfType<ShowPresentation>().Select(presentation => presentation.Pictures),
        .. scenario.Steps.Select(step => step.Action).OfType<ShowPictures>().SelectMany(pictures => new[] { pictures.Pictures,
            pictures.Beside }).OfType<string>(),
    ];
}
