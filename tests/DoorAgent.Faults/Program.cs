using System.Globalization;
using DoorAgent.Faults;

// Kills the program at random points and says what holds afterwards; tests/faults/run.sh calls this.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
FaultOptions options = FaultOptions.Parse(args);
if (FaultLibrary.Path is null)
{
    Console.Error.WriteLine("There is no gcc here, which compiles the library that is preloaded into the program.");
    return 77;
}

Console.WriteLine($"seed {options.Seed}, {options.Points} kills an operation");
List<KillOutcome> all = [];
foreach (Operation operation in Operations.All.Where(options.Includes))
{
    if (operation.Missing() is { } missing)
    {
        Console.WriteLine($"{operation.Name}: skipped, {missing}");
        continue;
    }

    all.AddRange(new KillSeries(operation, options.Seed).Run(options.Points, options.State, outcome =>
    {
        if (outcome.Findings.Count > 0)
            Console.WriteLine($"{outcome.Operation} {outcome.Number} ({outcome.Point}): {string.Join(" | ", outcome.Findings)}");
    }));
    Console.WriteLine(KillReport.Line(operation.Name, [.. all.Where(outcome => outcome.Operation == operation.Name)]));
}

Console.WriteLine(KillReport.Table(all));
if (options.Html is { } page)
    File.WriteAllText(page, KillReport.Html(all, options.Seed));
return all.Any(outcome => outcome.Findings.Count > 0) ? 1 : 0;
