using System.Diagnostics;

namespace DoorAgent.Fuzz;

/// <summary>What a campaign has tried.</summary>
/// <param name="Inputs">Number of inputs.</param>
/// <param name="Elapsed">The time.</param>
/// <param name="Findings">The findings, each with its shortest input.</param>
internal sealed record CampaignResult(long Inputs, TimeSpan Elapsed, IReadOnlyList<(Finding Finding, byte[] Input)> Findings);

/// <summary>Tries mutations of a corpus without coverage: the short mode of CI, and the long mode where AFL++ is missing.</summary>
internal static class Campaign
{
    /// <summary>Runs a parser on mutated inputs until a number of inputs or a time is reached.</summary>
    public static CampaignResult Run(FuzzTarget target, IReadOnlyList<byte[]> corpus, int seed, long inputs, TimeSpan atMost, Judge judge)
    {
        Mutator mutator = new(target, corpus, seed);
        Dictionary<string, (Finding, byte[])> findings = [];
        long began = Stopwatch.GetTimestamp(), tried = 0;
        for (; tried < inputs && Stopwatch.GetElapsedTime(began) < atMost; tried++)
        {
            byte[] input = mutator.Next();
            if (judge.Examine(target, input) is { } finding && !findings.ContainsKey(finding.Id))
                findings.Add(finding.Id, (finding, Minimiser.Shortest(target, input, finding, judge)));
        }

        return new CampaignResult(tried, Stopwatch.GetElapsedTime(began), [.. findings.Values]);
    }
}
