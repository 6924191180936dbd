using System.Globalization;
using DoorAgent.Enrolment;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Networks;

namespace DoorAgent.Commands.People;

/// <summary>Shows a change of the encoder on the screen.</summary>
internal static class ReEncodingView
{
    private const int PairsToName = 20;

    public static void Show(ReEncodingPlan done, string before, string encoder, bool dropsOld)
    {
        Console.WriteLine($"The gallery's encoder is {encoder}{(before == encoder ? ", as before" : $", and was {before}")}: "
            + $"people {done.Counts.Count(count => count > 0)}, encodings {done.Counts.Sum()}, of which new {done.Work.Count}.");
        ShowLosses(done);
        if (dropsOld)
            Console.WriteLine("The encodings of other encoders are deleted.");
        else if (before != encoder)
            Console.WriteLine($"The encodings of {before} are kept: go back with 'dooragent people re-encode --encoder {before}'.");
    }

    /// <summary>Says what became of the encodings that were made again for another rule of comparison.</summary>
    public static void ShowRemade(ReEncodingPlan done)
    {
        Console.WriteLine($"All {done.Work.Count} encodings were made again; those of other encoders, and centres, are deleted.");
        ShowLosses(done);
    }

    private static void ShowLosses(ReEncodingPlan done)
    {
        if (done.Fewer.Count > 0)
            Console.WriteLine($"Fewer pictures than before have: {string.Join(", ", done.Fewer)}. Add some with 'dooragent people "
                + $"pictures' if they are denied too often.");
        if (done.Without.Count > 0)
            Console.WriteLine($"Without a face, and denied as FaceNotMatched until they are enrolled "
                + $"again:{string.Concat(done.Without.Select(name => $"{Environment.NewLine}  {ReEncoder.EnrolAgain(name)}"))}");
    }

    /// <summary>Says how the rule of comparison changed with the encoder; nothing if it did not.</summary>
    public static void ShowRule(ComparisonRule? before, ComparisonRule after)
    {
        if (before is null || before == after)
            return;
        Console.WriteLine(after.IsCentred
            ? $"The site's centre that is stored for this encoder is used again (rule of comparison: {after.Words})."
            : $"The site's centre belongs to the encoder of before, and the gallery is now compared without one (rule of comparison: "
                + $"{after.Words}). 'dooragent calibrate --centre' computes one for this encoder.");
    }

    /// <summary>Warns of people whom the new encoder cannot tell apart, although the old one could; enrolling either now would be
    /// refused.</summary>
    /// <param name="pairs">Who looks like whom, nearest first.</param>
    /// <param name="before">The encoder to go back to; null where the encoder did not change.</param>
    public static void Warn(IReadOnlyList<(Person One, Person Other, float Distance)> pairs, string? before)
    {
        if (pairs.Count == 0)
            return;
        foreach ((Person one, Person other, float distance) in pairs.Take(PairsToName))
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"WARNING: {one.Name} looks like {other.Name} to this encoder (distance {distance:0.000}): "
                + $"the badge of one may open for the other."));
        if (pairs.Count > PairsToName)
            Console.Error.WriteLine($"And {pairs.Count - PairsToName} more pairs.");
        Console.Error.WriteLine("Block the badge of one of them or give both a PIN "
            + $"(Decisions:Pin){(before is null ? "" : $", or go back: 'dooragent people re-encode --encoder {before}'")}. "
            + "If one person is enrolled under two names, remove one of them.");
    }
}
