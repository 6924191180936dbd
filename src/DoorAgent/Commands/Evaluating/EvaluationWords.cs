using System.Globalization;
using DoorAgent.Evaluation;

namespace DoorAgent.Commands.Evaluating;

/// <summary>The words of a report that terminal and HTML share.</summary>
internal static class EvaluationWords
{
    /// <summary>Says which encoder and detector were measured, on how many pictures.</summary>
    public static string Title(EncoderEvaluation one) =>
        $"{one.Networks.Name} with {one.Networks.Detector}: {Count(one.Encoded)} pictures encoded"
        + (one.Failures.Count == 0 ? ", a face in every one." : $", {Count(one.Failures.Count)} without a face or unreadable.");

    /// <summary>Says which set was measured.</summary>
    public static string Of(EvaluatedSet set) =>
        $"{set.Folder}: {Count(set.Pictures)} pictures of {Count(set.People)} people, {Count(set.PeopleWithSeveral)} of them with several; "
        + $"digest {set.Digest[..12]}."
        + (set.LeftOut.Count == 0 ? "" : $" {Count(set.LeftOut.Count)} pictures are left out.");

    /// <summary>Returns a small rate with its interval, such as "9.7e-6 [9.1e-6, 1.0e-5]".</summary>
    public static string Small(MeasuredRate rate) =>
        rate.Rate is { } value ? $"{Small(value)} [{Small(rate.Lower)}, {Small(rate.Upper)}]" : "-";

    public static string Small(double rate) => rate == 0 ? "0" : rate.ToString("0.0e-0", CultureInfo.InvariantCulture);

    /// <summary>Returns a rate that somebody asked for, such as "1e-5".</summary>
    public static string Target(double rate) => rate.ToString("0.#e-0", CultureInfo.InvariantCulture);

    /// <summary>Returns a share of some hundreds with its interval, such as "7.5 % [4.2, 12.0]".</summary>
    public static string Rough(MeasuredRate rate) => rate.Rate is { } value
        ? string.Create(CultureInfo.InvariantCulture, $"{100 * value:0.0} % [{100 * rate.Lower:0.0}, {100 * rate.Upper:0.0}]") : "-";

    /// <summary>Returns a share with its interval, such as "1.68 % [1.63, 1.73]".</summary>
    public static string Percent(MeasuredRate rate) => rate.Rate is { } value
        ? string.Create(CultureInfo.InvariantCulture, $"{100 * value:0.00} % [{100 * rate.Lower:0.00}, {100 * rate.Upper:0.00}]") : "-";

    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.00} %");

    /// <summary>Returns a mean over folds, such as "99.18 +- 0.19 %".</summary>
    public static string Percent(FoldedRate rate) =>
        string.Create(CultureInfo.InvariantCulture, $"{100 * rate.Mean:0.00} +- {100 * rate.StandardError:0.00} %");

    public static string Distance(double distance) => distance.ToString("0.0000", CultureInfo.InvariantCulture);

    public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>Says what the number of pairs of two people can show.</summary>
    public static string Support(AllPairsEvaluation pairs)
    {
        double total = pairs.Histogram.Plain.NonMated.Total;
        return total == 0 ? "The set has no pair of two people, so that it shows no false match rate."
            : $"{Count((long)total)} pairs of two people can show a false match rate of {Small(Math.Min(1, 3 / total))} at best (rule of "
            + "three)"
            + (pairs.AtRates.All(point => point.IsSupported) ? "." : "; rows in brackets ask for less and show nothing.");
    }

    /// <summary>Says what the pairs file, or the drawn pairs, give.</summary>
    public static IEnumerable<string> Of(FoldedEvaluation pairs)
    {
        yield return $"{Count(pairs.Mated)} + {Count(pairs.NonMated)} pairs. {pairs.Source}";
        yield return $"best single threshold {Distance(pairs.BestThreshold)}: {Percent(pairs.BestAccuracy)} right, chosen on the same "
            + "pairs";
        yield return $"{pairs.Accuracy.Folds.Count}-fold accuracy {Percent(pairs.Accuracy)} (threshold of each fold from the others)";
        yield return $"VAL {Percent(pairs.Validation)} at a FAR of {Target(pairs.Far)} (seen on the same folds: "
            + $"{Small(pairs.FalseAccepts.Mean)}); threshold of each fold from the others, standard error over the folds";
    }

    /// <summary>Says what the batch of triplets gives.</summary>
    public static string Of(TripletEvaluation triplets) =>
        $"triplets (squared distances, margin {triplets.Margin.ToString(CultureInfo.InvariantCulture)}) in a batch of "
        + $"{Count(triplets.Rows)} pictures of {Count(triplets.People)} people: {Percent(triplets.Violated)} of {Count(triplets.Triplets)} "
        + $"violated; with the hard negatives {Percent(triplets.HardViolated)} violated, mean loss "
        + $"{triplets.MeanLoss.ToString("0.0000", CultureInfo.InvariantCulture)}; {Count(triplets.SemiHard)} semi-hard";
}
