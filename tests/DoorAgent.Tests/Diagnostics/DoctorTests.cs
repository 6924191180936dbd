using DoorAgent.Diagnostics;

namespace DoorAgent.Tests.Diagnostics;

public sealed class DoctorTests : IDisposable
{
    private readonly SomeDoor _door = new();

    public void Dispose() => _door.Dispose();

    [Fact]
    public void EveryCheckIsListedOnceAndHasAShortName()
    {
        Type[] all = [.. typeof(ICheck).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(ICheck)))];
        Assert.Equal(all.Select(type => type.Name).Order(), Doctor.Checks.Select(check => check.GetType().Name).Order());
        Assert.Equal(all.Length, Doctor.Checks.Select(check => check.Name).Distinct().Count());
        Assert.All(Doctor.Checks, check => Assert.InRange(check.Name.Length, 1, 20));
    }

    [Fact]
    public async Task AnExceptionOfACheckBecomesAFindingWithANextStep()
    {
        (await _door.FindAsync<Refusing>()).Has(FindingLevel.Fault, "The cable is loose", "Fasten it.");
        (await _door.FindAsync<Denied>()).Has(FindingLevel.Warning, "skipped", "sudo dooragent doctor");
        (await _door.FindAsync<WithoutLibrary>()).Has(FindingLevel.Fault, "libgtk-3 is not here", "apt-get install");
    }

    [Fact]
    public void ARefusalIsSplitAfterItsFirstSentence()
    {
        Findings findings = new();
        findings.Refuse("The file /a/b.c is 1.5 MB. 'rm' it. Then go on.");
        findings.Refuse("Nothing to do", "Do nothing.");
        Assert.Equal([new Finding(FindingLevel.Fault, "The file /a/b.c is 1.5 MB", "'rm' it. Then go on."),
            new Finding(FindingLevel.Fault, "Nothing to do", "Do nothing.")], findings.All);
    }

    [Fact]
    public void TheJsonReportKeepsItsShape()
    {
        CheckResult[] results =
        [
            new("clock", [new(FindingLevel.Ok, "it's noon", null)]),
            new("GPIO lines", [new(FindingLevel.Warning, "old", "Renew it."), new(FindingLevel.Fault, "gone", "Bring it back.")]),
        ];
        Assert.Equal(
            """{"result":"fault","data":"/d","findings":[{"check":"clock","level":"ok","what":"it's noon","next":null},"""
            + """{"check":"GPIO lines","level":"warning","what":"old","next":"Renew it."},"""
            + """{"check":"GPIO lines","level":"fault","what":"gone","next":"Bring it back."}]}""",
            DoctorReport.Json(results, "/d"));
    }

    private sealed class Refusing : ICheck
    {
        public string Name => "refusing";

        public Task RunAsync(DoctorContext door, Findings findings, CancellationToken cancellationToken) =>
            throw new UserErrorException("The cable is loose. Fasten it.");
    }

    private sealed class Denied : ICheck
    {
        public string Name => "denied";

        public Task RunAsync(DoctorContext door, Findings findings, CancellationToken cancellationToken) =>
            throw new UnauthorizedAccessException("no");
    }

    private sealed class WithoutLibrary : ICheck
    {
        public string Name => "library";

        public Task RunAsync(DoctorContext door, Findings findings, CancellationToken cancellationToken) =>
            throw new TypeInitializationException("X", new DllNotFoundException("libgtk-3 is not here\nand much more"));
    }
}
