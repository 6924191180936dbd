using System.Globalization;
using System.Text;
using DoorAgent.Fuzz;
using SharpFuzz;

// The long mode is tests/fuzz/run.sh, which calls the verbs below.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Instrumentation.Prepare();
FuzzLimits alone = FuzzLimits.Usual with { IsAlone = true };
switch (args)
{
    case ["list"]:
        Console.WriteLine(string.Join('\n', FuzzTargets.All));
        return 0;
    case ["instrument", var folder]:
        foreach (string name in new[] { "dooragent.dll", "DoorAgent.Hardware.dll" })
            Instrumentation.Apply(Path.Combine(folder, name));
        return 0;
    case ["prepare", var name, var seeds, var tokens]:
        Corpus.WriteSeeds(FuzzTargets.Find(name), seeds);
        await File.WriteAllLinesAsync(tokens, FuzzTargets.Find(name).Tokens.Select(AsToken));
        return 0;
    case ["afl", var name]:
        FuzzTarget fuzzed = FuzzTargets.Find(name);
        Judge judge = new(alone);
        // A process of its own, so that a crash of native code or a hang ends only that process.
        Fuzzer.OutOfProcess.Run(stream => Examine(fuzzed, judge, stream));
        return 0;
    case ["mutate", var name, var inputs, var seed, var corpus]:
        return Report(Campaign.Run(FuzzTargets.Find(name), new Corpus(corpus).Of(FuzzTargets.Find(name)),
            int.Parse(seed, CultureInfo.InvariantCulture), long.Parse(inputs, CultureInfo.InvariantCulture), TimeSpan.MaxValue,
            new Judge(alone)), FuzzTargets.Find(name), new Corpus(corpus));
    case ["replay", var name, var corpus, .. var files]:
        return Report(Replay(FuzzTargets.Find(name), files), FuzzTargets.Find(name), new Corpus(corpus));
    default:
        Console.Error.WriteLine("Usage: list | instrument DIR | prepare TARGET SEEDS TOKENS | afl TARGET | mutate TARGET INPUTS SEED CORPUS"
            + " | replay TARGET CORPUS FILE...");
        return 2;
}

static void Examine(FuzzTarget target, Judge judge, Stream stream)
{
    using MemoryStream input = new();
    stream.CopyTo(input);
    if (judge.Examine(target, input.GetBuffer().AsSpan(0, (int)Math.Min(input.Length, target.MaxLength))) is { } finding)
        throw new BrokenPromiseException(finding.Detail);
}

static CampaignResult Replay(FuzzTarget target, string[] files)
{
    Judge judge = new(FuzzLimits.Usual with { IsAlone = true });
    Dictionary<string, (Finding, byte[])> findings = [];
    foreach (string file in files)
    {
        byte[] input = File.ReadAllBytes(file);
        if (judge.Examine(target, input) is { } finding && !findings.ContainsKey(finding.Id))
            findings.Add(finding.Id, (finding, Minimiser.Shortest(target, input, finding, judge)));
    }

    return new CampaignResult(files.Length, TimeSpan.Zero, [.. findings.Values]);
}

static int Report(CampaignResult result, FuzzTarget target, Corpus corpus)
{
    foreach ((Finding finding, byte[] input) in result.Findings)
        Console.WriteLine($"{corpus.Keep(target, finding, input)}: {finding.Kind} at {finding.Place}\n{finding.Detail}");
    Console.WriteLine($"{target.Name}\t{result.Inputs}\t{result.Elapsed.TotalSeconds:0.0}\t{result.Findings.Count}");
    return result.Findings.Count == 0 ? 0 : 1;
}

// The form of AFL's dictionaries: what is not plain is \xNN.
static string AsToken(string token) => $"\"{string.Concat(Encoding.Latin1.GetBytes(token).Select(letter =>
    letter is >= 0x20 and < 0x7F and not (byte)'"' and not (byte)'\\' ? $"{(char)letter}" : $"\\x{letter:X2}"))}\"";
