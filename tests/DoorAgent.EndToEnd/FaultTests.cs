using DoorAgent.Faults;

namespace DoorAgent.EndToEnd;

/// <summary>The short mode of tests/faults: a few kills and power cuts of the operations that matter most.</summary>
public sealed class FaultTests
{
    private const int Seed = 1;

    [Slow]
    [Theory]
    [InlineData("enrolment")]
    [InlineData("import")]
    [InlineData("audit")]
    [InlineData("unlock")]
    [InlineData("fleet delivery")]
    public void AfterAKillNothingAcknowledgedIsLostAndTheDoorIsLockedAndStarts(string name)
    {
        (Operation operation, FaultBench bench, Undisturbed undisturbed) = Prepared(name);
        using (bench)
        {
            KillSeries series = new(operation, Seed);
            for (int number = 0; number < 2; number++)
            {
                KillPoint point = series.Draw(number, undisturbed);
                (_, IReadOnlyList<string> findings) = new KillTrial(operation, bench).Kill(undisturbed, point);
                Assert.True(findings.Count == 0, $"killed at {point}: {string.Join(", ", findings)}");
            }
        }
    }

    [Slow]
    [Theory]
    [InlineData("key rotation")]
    [InlineData("sealing")]
    [InlineData("journal upgrade")]
    [InlineData("audit")]
    public void AfterAPowerCutNothingAcknowledgedIsLostAndEveryFileOpens(string name)
    {
        (Operation operation, FaultBench bench, Undisturbed undisturbed) = Prepared(name);
        using (bench)
        {
            CutOutcome outcome = new PowerCuts(operation, bench, undisturbed, Seed).Run(torn: 1, every: 8);
            Assert.Empty(outcome.Findings);
            Assert.True(outcome.States > 10, $"{outcome.States} states");
        }
    }

    private static (Operation Operation, FaultBench Bench, Undisturbed Undisturbed) Prepared(string name)
    {
        Assert.SkipWhen(FaultLibrary.Path is null, "needs gcc, which compiles the library that is preloaded");
        Operation operation = Operations.All.First(one => one.Name == name);
        if (operation.Missing() is { } missing)
            Assert.Skip(missing);
        FaultBench bench = new();
        operation.Prepare(bench);
        bench.Keep();
        return (operation, bench, new KillTrial(operation, bench).Measure());
    }
}
