using System.Globalization;
using DoorAgent.Evaluation;
using DoorAgent.Matching;

namespace DoorAgent.Commands.Calibrating;

/// <summary>The sentences of a check of the table, for the terminal and for the configuration file.</summary>
internal static class SiteWords
{
    /// <summary>Returns a distance with four digits.</summary>
    public static string Distance(double distance) => distance.ToString("0.0000", CultureInfo.InvariantCulture);

    /// <summary>Returns a rate, such as 1e-5.</summary>
    public static string Rate(double rate) => rate.ToString("0.#e-0", CultureInfo.InvariantCulture);

    /// <summary>Says how far the site's data can support the claim.</summary>
    public static string Support(SiteReport report)
    {
        double fmr = report.Conditions.Fmr;
        ErrorRate found = report.Study.FalseMatches;
        string can = report.Support.Smallest is not { } smallest ? "they can show nothing"
            : report.Support.Shows(fmr) ? $"they can show {Rate(fmr)}" : $"they can show {Rate(smallest)}, not {Rate(fmr)}";
        string needed = report.Support.Shows(fmr) ? "" : string.Create(CultureInfo.InvariantCulture,
            $" (that takes {ClaimSupport.Needed(fmr):#,0} comparisons without a false match)");
        return string.Create(CultureInfo.InvariantCulture, $"{report.People:#,0} {(report.People == 1 ? "person" : "people")}, "
            + $"{found.Trials:#,0} comparisons of a picture with somebody else: {can}{needed}.");
    }

    /// <summary>Says how often others would be taken for somebody.</summary>
    public static string FalseMatches(SiteReport report) => string.Create(CultureInfo.InvariantCulture,
        $"Claims of others: {report.Study.FalseMatches.Errors:#,0} of {report.Study.FalseMatches.Trials:#,0} are accepted"
        + $"{Interval(report.Study.FalseMatches)}.");

    /// <summary>Says how often the right people would be refused.</summary>
    public static string FalseNonMatches(SiteReport report) => report.Study.FalseNonMatches is { Trials: 0 }
        ? "Right claims: none can be tried, because nobody has two pictures."
        : string.Create(CultureInfo.InvariantCulture, $"Right claims, each picture against the person's others: "
            + $"{report.Study.FalseNonMatches.Errors:#,0} of {report.Study.FalseNonMatches.Trials:#,0} are refused"
            + $"{Interval(report.Study.FalseNonMatches)}.");

    /// <summary>Says which row is contradicted, and by what.</summary>
    public static string Of(Contradiction row) => string.Create(CultureInfo.InvariantCulture,
        $"{row.Found.Errors:#,0} of {row.Found.Trials:#,0} comparisons of two people lie below {row.Distance:0.000}, "
        + $"where the table says {Rate(row.Fmr)}: {Rate(row.Found.Rate!.Value)}, at least "
        + $"{Rate(row.Found.Lower)}, from {Pairs(row.Pairs)}");

    /// <summary>Says what is proposed, and what it costs.</summary>
    public static string Proposal(SiteReport report)
    {
        double distance = report.Findings.Proposed!.Value;
        int refused = report.Study.People.Sum(one => one.RefusedAt(distance)), own = report.Study.People.Sum(one => one.Own.Count);
        return string.Create(CultureInfo.InvariantCulture, $"Proposed: Matching:SiteDistance {Distance(distance)}. This gallery reaches "
            + $"the table's rates up to {report.Findings.Shift:0.000} nearer than the table (the safe end of the interval, "
            + $"an ESTIMATE for the rates that were not counted). At this distance "
            + $"{refused:#,0} of {own:#,0} right claims are refused.");
    }

    /// <summary>The evidence that is kept beside the distance in the configuration.</summary>
    public static string Evidence(SiteReport report, DateTimeOffset now)
    {
        Contradiction worst = report.Findings.Contradictions.MaxBy(row => row.Found.Lower / row.Fmr)!;
        SiteConditions made = report.Conditions;
        return string.Create(CultureInfo.InvariantCulture, $"{MatchingOptions.SiteOf(made.Encoder, made.Detector, made.Rule.Name)}: "
            + $"{report.People} people, {now:yyyy-MM-dd}, {worst.Found.Errors} of {worst.Found.Trials} comparisons below "
            + $"{worst.Distance:0.000} where the table says {Rate(worst.Fmr)}; "
            + $"shift {report.Findings.Shift:0.000}");
    }

    private static string Pairs(int pairs) => pairs == 1 ? "one pair of people"
        : string.Create(CultureInfo.InvariantCulture, $"{pairs:#,0} pairs of people");

    private static string Interval(ErrorRate rate) => rate.Rate is null ? ""
        : string.Create(CultureInfo.InvariantCulture, $" (95 %: {100 * rate.Lower:0.####} to {100 * rate.Upper:0.####} %)");
}
