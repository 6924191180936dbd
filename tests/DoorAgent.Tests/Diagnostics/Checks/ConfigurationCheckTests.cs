using DoorAgent.Diagnostics;
using DoorAgent.Diagnostics.Checks;
using DoorAgent.Running;

namespace DoorAgent.Tests.Diagnostics.Checks;

public sealed class ConfigurationCheckTests : IDisposable
{
    private readonly SomeDoor _door = new();

    public void Dispose() => _door.Dispose();

    [Fact]
    public async Task ValidSettingsAreOkAndSimulatedHardwareSaysSo()
    {
        IReadOnlyList<Finding> found = await _door.FindAsync<ConfigurationCheck>();
        found.AreAllOk();
        found.Has(FindingLevel.Ok, "SIMULATED");
    }

    [Fact]
    public async Task EachWrongValueIsASeparateFault()
    {
        IReadOnlyList<Finding> found = await _door.FindAsync<ConfigurationCheck>("Matching:Fmr=1", "Doors:AccessTime=1 h");
        Assert.Equal(2, found.Count);
        found.Has(FindingLevel.Fault, "Matching:Fmr is 1", "config show");
        found.Has(FindingLevel.Fault, "Doors:AccessTime");
    }

    [Fact]
    public async Task WithoutAConfigurationSetupIsTheNextStep() =>
        (await _door.FindWithAsync<ConfigurationCheck>(new DoorSettings(DoorAgent.Settings.SettingsFile.FromAssignments("test", []))))
        .Has(FindingLevel.Fault, "Hardware:Kind is not set", "dooragent setup");

    [Fact]
    public async Task AFileThatCannotBeReadIsAFaultWithItsReason() =>
        (await _door.FindWithAsync<ConfigurationCheck>(null, "/etc/d.json is not valid JSON: line 3. Correct it, or start without it."))
            .Has(FindingLevel.Fault, "line 3", "Correct it");

    [Fact]
    public async Task AnErrorThatStopsAStartIsAFault()
    {
        (await _door.FindAsync<ConfigurationCheck>("Decisions:Pin=required")).Has(FindingLevel.Fault, "Badges:Keypad is none", "4-bit");
        (await _door.FindRealAsync<ConfigurationCheck>("Matching:Distance=0.7"))
            .Has(FindingLevel.Fault, "Matching:Distance", "Remove Matching:Distance");
    }

    [Theory]
    [InlineData("2020-12-25, 2021-01-01", "the last of Schedules:holidays was 2021-01-01")]
    [InlineData("Mon-Sun 07:00-19:00", "Schedules:holidays has hours")]
    public async Task HolidaysThatAreOverAndAScheduleOfTheirNameAreWarnings(string holidays, string what) =>
        (await _door.FindAsync<ConfigurationCheck>($"Schedules:holidays={holidays}")).Has(FindingLevel.Warning, what);

    [Fact]
    public async Task HoursForTwoThatNobodyConfiguredAreAFault() =>
        (await _door.FindAsync<ConfigurationCheck>("Decisions:TwoPersonHours=lat", "Schedules:late=Fri 20:00-24:00"))
            .Has(FindingLevel.Fault, "Decisions:TwoPersonHours is lat, which is not in section Schedules", "Did you mean late?");

    [Fact]
    public async Task AModeInWhichABadgeAloneOpensIsAWarning() =>
        (await _door.FindAsync<ConfigurationCheck>("Decisions:Mode=badge-only", "Decisions:IKnowBadgesCanBeCopied=true"))
        .Has(FindingLevel.Warning, "a badge alone opens", "badge-and-face");
}
