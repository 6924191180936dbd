using System.Globalization;
using DoorAgent.Soak;

// Runs a door for a long time and says whether it stayed as it was; tests/soak/run.sh calls this.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
SoakOptions options = SoakOptions.Parse(args);
using CancellationTokenSource stop = new();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    stop.Cancel();
};
IReadOnlyList<SoakResult> results = SoakRun.Run(options, Console.WriteLine, stop.Token);
foreach (SoakResult result in results)
    Console.WriteLine($"{result.Verdict,-10} {result.What}: {result.Found}");
return results.All(result => result.IsKept != false) ? 0 : 1;
