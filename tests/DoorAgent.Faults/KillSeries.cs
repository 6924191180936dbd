using System.Text.Json;

namespace DoorAgent.Faults;

/// <summary>The outcome of one kill; a line of the file from which an interrupted series goes on.</summary>
internal sealed record KillOutcome(string Operation, int Number, string Point, bool WasKilled, IReadOnlyList<string> Findings);

/// <summary>Kills an operation many times. Half of the points are spread over the operation's time, half over its changes of the
/// disk.</summary>
internal sealed class KillSeries(Operation operation, int seed)
{
    private const int StartEvery = 5;

    /// <summary>Draws a point; the same number gives the same point of an operation.</summary>
    public KillPoint Draw(int number, Undisturbed undisturbed)
    {
        Random random = new(HashCode(seed, operation.Name, number));
        if (number % 2 == 0 || undisturbed.Changes == 0)
            return new KillPoint(null, false, undisturbed.Takes * random.NextDouble());
        return new KillPoint(random.Next(1, undisturbed.Changes + 1), random.Next(2) == 0, null);
    }

    /// <summary>Runs the kills that a file does not have yet.</summary>
    /// <param name="points">How many kills there are to be in all.</param>
    /// <param name="state">The file of outcomes; null keeps none.</param>
    /// <param name="report">Receives each outcome.</param>
    public IReadOnlyList<KillOutcome> Run(int points, string? state, Action<KillOutcome> report)
    {
        List<KillOutcome> outcomes = [.. Read(state).Where(outcome => outcome.Operation == operation.Name)];
        if (outcomes.Count >= points)
            return outcomes;
        using FaultBench bench = new();
        operation.Prepare(bench);
        bench.Keep();
        KillTrial trial = new(operation, bench);
        Undisturbed undisturbed = trial.Measure();
        for (int number = outcomes.Count; number < points; number++)
        {
            KillPoint point = Draw(number, undisturbed);
            (bool wasKilled, IReadOnlyList<string> findings) = trial.Kill(undisturbed, point, startsAgain: number % StartEvery == 0);
            KillOutcome outcome = new(operation.Name, number, $"{point}", wasKilled, findings);
            outcomes.Add(outcome);
            if (state is not null)
                File.AppendAllText(state, JsonSerializer.Serialize(outcome) + "\n");
            report(outcome);
        }

        return outcomes;
    }

    /// <summary>Reads the outcomes of earlier runs; a line that a kill cut off is left out.</summary>
    public static IEnumerable<KillOutcome> Read(string? state) => state is null || !File.Exists(state) ? []
        : File.ReadAllLines(state).Where(line => line.EndsWith('}')).Select(line => JsonSerializer.Deserialize<KillOutcome>(line)!);

    // The runtime's own hash of a text differs from run to run.
    private static int HashCode(int seed, string name, int number) =>
        name.Aggregate((seed * 397) ^ number, (hash, letter) => unchecked((hash * 31) + letter));
}
