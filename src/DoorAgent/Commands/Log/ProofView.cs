using System.Globalization;
using DoorAgent.Auditing;
using Spectre.Console;

namespace DoorAgent.Commands.Log;

/// <summary>Shows what a verification of the journal found.</summary>
internal static class ProofView
{
    private const int MostFindings = 100;

    public static void Show(JournalProof proof)
    {
        if (!proof.IsChained && proof.Findings.Count == 0)
        {
            Line("yellow", $"The journal proves nothing: its {Number(proof.Records)} records have no chain yet. The chain begins when the "
                + "door has a key: 'sudo dooragent key create', then restart the door.");
            return;
        }

        if (proof.IsWhole)
            Line("green", $"whole: {Number(proof.Records)} records, {Number(proof.First)} to {Number(proof.Last)}.");
        else
            Line("red", $"NOT whole: {Number(proof.Findings.Count)} {(proof.Findings.Count == 1 ? "finding" : "findings")} in "
                + $"{Number(proof.Records)} records, {Number(proof.First)} to {Number(proof.Last)}.");
        foreach (ProofFinding finding in proof.Findings.Take(MostFindings))
            Line("red", $"  {finding.Words}.");
        if (proof.Findings.Count > MostFindings)
            Line("red", $"  and {Number(proof.Findings.Count - MostFindings)} more: --json shows all.");
        if (!proof.IsChained)
            return;
        Console.WriteLine($"  Chained from record {Number(proof.Keys[0].Since)} on, with the key {proof.Keys[^1].Key}.");
        if (proof.Keys[0].Since > proof.First)
            Console.WriteLine("  Earlier records are from before the chain: they are as they were when the chain began.");
        Console.WriteLine($"  Signed to record {Number(proof.SignedUpTo)}, {Number(proof.Checkpoints)} "
            + $"{(proof.Checkpoints == 1 ? "checkpoint" : "checkpoints")}.");
        Console.WriteLine(proof.Anchored is { } anchored ? $"  Anchored at record {Number(anchored.Sequence)}."
            : "  Not anchored: an older copy of the whole journal in its place, or an end cut off with its checkpoints, "
                + "would not be noticed.");
        foreach (IGrouping<string?, RemovedSegment> part in proof.Removed.GroupBy(one => one.Archive))
            Console.WriteLine($"  Removed by the door: records {Number(part.Min(one => one.First))} to "
                + $"{Number(part.Max(one => one.Last))}, " + (part.Key is null ? "not archived." : $"archived in {part.Key}."));
        ShowLimits(proof);
    }

    private static void ShowLimits(JournalProof proof)
    {
        if (proof.WithoutChain is not { } why)
            return;
        Line("yellow", $"  Verified by signatures only: {why.TrimEnd('.')}. That does not show which record of a block was changed"
            + (proof.Last > proof.SignedUpTo
                ? $", nor any change of the {Number(proof.Last - proof.SignedUpTo)} numbers after the last checkpoint."
            : "."));
        if (proof.Trust == KeyTrust.None)
            Line("yellow", "  The public key was taken from the journal itself: compare 'dooragent log verify --key' with the one that was "
                + "printed when the door was set up, or give that one with --public-key.");
    }

    private static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    private static void Line(string colour, string text) =>
        AnsiConsole.Write(new Text(text + "\n", Style.Parse(colour)) { Overflow = Overflow.Fold });
}
