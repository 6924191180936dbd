using DoorAgent.Decisions;
using DoorAgent.Schedules;
using DoorAgent.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Schedules;

public sealed class SystemZoneTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public SystemZoneTests()
    {
        Directory.CreateDirectory(_folder.File("Europe"));
        File.WriteAllText(_folder.File("Europe/Berlin"), "TZif2");
        File.WriteAllText(_folder.File("leapseconds"), "# no zone");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData(":")]
    [InlineData("UTC")]
    [InlineData("GMT0")]
    [InlineData("Europe/Berlin")]
    [InlineData(":Europe/Berlin")]
    public void ANamedZoneAndUtcAreAccepted(string variable) => Assert.Null(Of(variable).Problem);

    [Fact]
    public void AZoneFileIsAccepted() => Assert.Null(Of(_folder.File("Europe/Berlin")).Problem);

    [Theory]
    [InlineData("Europe/Berln", "did you mean Europe/Berlin?")]
    [InlineData("europe/berlin", "did you mean Europe/Berlin?")]
    [InlineData("CET-1CEST,M3.5.0,M10.5.0/3", "rules such as CET-1CEST,M3.5.0,M10.5.0/3 are not supported")]
    [InlineData("IST-5:30", "rules such as")]
    [InlineData("leapseconds", "neither a known zone")]
    [InlineData("Europe", "neither a known zone")]
    [InlineData("/nowhere/Berlin", "nor a zone file")]
    public void ASilentFallbackToUtcIsReported(string variable, string words) =>
        Assert.Contains(words, Of(variable).Problem, StringComparison.Ordinal);

    [Fact]
    public void ADanglingLinkOfTheMachineIsReported()
    {
        string link = _folder.File("localtime");
        Assert.Null(new SystemZone(null, _folder.Path, link).Problem);
        File.CreateSymbolicLink(link, _folder.File("Europe/Berlin"));
        Assert.Null(new SystemZone(null, _folder.Path, link).Problem);
        File.Delete(_folder.File("Europe/Berlin"));
        Assert.Contains("tzdata", new SystemZone(null, _folder.Path, link).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void AZoneFromTheSettingsOrTheTestClockIsNeverAProblem()
    {
        Assert.Null(new DecisionOptions { TimeZone = "Europe/Berlin" }.ZoneProblemBy(TimeProvider.System));
        Assert.Null(new DecisionOptions().ZoneProblemBy(new FakeTimeProvider()));
    }

    private SystemZone Of(string variable) => new(variable, _folder.Path, _folder.File("none"));
}
