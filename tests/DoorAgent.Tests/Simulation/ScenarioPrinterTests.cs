using CsCheck;
using DoorAgent.Simulation;

namespace DoorAgent.Tests.Simulation;

public sealed class ScenarioPrinterTests
{
    [Fact]
    public void APrintedScenarioIsReadBackEqual() =>
        SomeScenario.Any.Sample(
            scenario => ScenarioParser.Parse(ScenarioPrinter.Print(scenario), "printed.door").Equals(scenario),
            print: ScenarioPrinter.Print);

    [Fact]
    public void AFileIsWrittenWithAlignedTimesAndWithoutDefaults()
    {
        const string file = """
            start 2026-03-02 07:55:00 Europe/Berlin
            set Matching:Fmr 1e-5
            enrol adam badge H10301:123:4567 from builtin:adam/enrol-*.jpg

            0         camera builtin:adam/door-1/*.jpg

            0.25      badge H10301:123:4567
                      expect granted adam within 2
                      expect relay on for 5 within 2

            86400     end

            """;
        Assert.Equal(file.ReplaceLineEndings("\n"), ScenarioPrinter.Print(ScenarioParser.Parse(file, "a.door")));
    }
}
