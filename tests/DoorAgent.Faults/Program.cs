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

Console.WriteLine($"seed {options.Seed}");
if (options.Machine is { } job)
    return CutMachine(job);
if (options.Torn > 0)
    return CutPower();
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

int CutPower()
{
    Console.WriteLine($"{"operation",-20} {"moments",8} {"states",8} {"findings",9}");
    int wrong = 0;
    foreach (Operation operation in Operations.All.Where(options.Includes).Where(operation => operation.Missing() is null))
    {
        using FaultBench bench = new();
        operation.Prepare(bench);
        bench.Keep();
        CutOutcome outcome = new PowerCuts(operation, bench, new KillTrial(operation, bench).Measure(), options.Seed).Run(options.Torn);
        int findings = outcome.Findings.Values.Sum();
        Console.WriteLine($"{outcome.Operation,-20} {outcome.Moments,8} {outcome.States,8} {findings,9}");
        foreach ((string finding, int count) in outcome.Findings.OrderByDescending(finding => finding.Value).Take(10))
            Console.WriteLine($"  {count} x {finding}");
        wrong += findings;
    }

    return wrong > 0 ? 1 : 0;
}

int CutMachine(string job)
{
    MachineCuts cuts = new(job);
    Console.WriteLine($"{cuts.Recorded.Entries} writes and flushes of the disk, {cuts.Recorded.Promises} promises");
    Random random = new(options.Seed);
    string[] findings = [.. Enumerable.Range(0, options.Points).Select(_ => cuts.Cut(random)).OfType<string>()];
    foreach (IGrouping<string, string> finding in findings.GroupBy(finding => finding))
        Console.WriteLine($"{finding.Count()} x {finding.Key}");
    Console.WriteLine($"{options.Points} cuts, {findings.Length} findings");
    return findings.Length > 0 ? 1 : 0;
}
