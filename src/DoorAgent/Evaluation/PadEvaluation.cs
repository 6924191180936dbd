namespace DoorAgent.Evaluation;

/// <summary>A threshold with the errors that it makes.</summary>
/// <param name="Threshold">The least score that is accepted.</param>
/// <param name="Bpcer">Refused people among those judged, 0 to 1.</param>
/// <param name="Apcer">Accepted attacks of the class among those judged, 0 to 1.</param>
internal readonly record struct RocPoint(double Threshold, double Bpcer, double Apcer);

/// <summary>Evaluates the results of one kind of presentations (stills or clips): error rates, receiver operating characteristic and
/// thresholds. Pure.</summary>
/// <param name="Results">The results; at least one.</param>
internal sealed record PadEvaluation(IReadOnlyList<PresentationResult> Results)
{
    /// <summary>The classes: the people first, then the known attacks, then the others by name.</summary>
    public IReadOnlyList<string> Classes { get; } = [.. Results.Select(one => one.Presentation.Class).Distinct()
        .OrderBy(RankOf).ThenBy(name => name, StringComparer.Ordinal)];

    public bool HasLive => Classes[0] == Presentation.Live;

    /// <summary>Whether networks judged: without a score there is no threshold to choose.</summary>
    public bool HasScores => Results.Any(one => one.IsJudged && one.First.Score is not null);

    /// <summary>Returns the errors of each class.</summary>
    /// <param name="threshold">The least score that is accepted.</param>
    public IReadOnlyList<PresentationErrors> Errors(double threshold) =>
        [.. Classes.Select(name => new PresentationErrors(name, Of(name), threshold))];

    /// <summary>Returns the scores of the judged presentations of a class.</summary>
    public IReadOnlyList<double> Scores(string name) =>
        [.. Of(name).Where(one => one.IsJudged).Select(one => one.First.Score).OfType<double>()];

    /// <summary>Returns the highest threshold at which at most a share of the judged people is refused.</summary>
    /// <param name="bpcer">The share, 0 to 1.</param>
    /// <returns>Null without scored people, or if the cues alone refuse more.</returns>
    public double? ThresholdFor(double bpcer)
    {
        double[] people = [.. Strengths(Presentation.Live)];
        if (people.Length == 0 || !HasScores)
            return null;
        // The tolerance is for a share such as 0.05 of 20, which is one person.
        int refused = (int)Math.Floor((bpcer * people.Length) + 1e-9);
        double threshold = people[Math.Min(refused, people.Length - 1)];
        return double.IsFinite(threshold) ? threshold : null;
    }

    /// <summary>Returns the receiver operating characteristic of an attack class against the people, from the lowest threshold, which
    /// accepts most, to the highest.</summary>
    /// <returns>Empty without people, without attacks of the class, or without scores.</returns>
    public IReadOnlyList<RocPoint> Roc(string attack)
    {
        double[] people = [.. Strengths(Presentation.Live)], attacks = [.. Strengths(attack)];
        if (people.Length == 0 || attacks.Length == 0 || !HasScores)
            return [];
        double[] thresholds = [double.NegativeInfinity, .. people.Concat(attacks).Where(double.IsFinite).Distinct().Order(),
            double.PositiveInfinity];
        return [.. thresholds.Select(threshold => new RocPoint(
            threshold, Below(people, threshold), 1 - Below(attacks, threshold)))];
    }

    /// <summary>Returns the accepted attacks with the highest scores, the highest first.</summary>
    public IReadOnlyList<PresentationResult> WorstAttacks(double threshold, int most) => [.. Results
        .Where(one => !one.Presentation.IsLive && one.IsAccepted(threshold)).OrderByDescending(one => one.First.Strength).Take(most)];

    /// <summary>Returns the refused people that were judged, the lowest score first.</summary>
    public IReadOnlyList<PresentationResult> RefusedPeople(double threshold, int most) => [.. Results
        .Where(one => one.Presentation.IsLive && one.IsJudged && one.IsError(threshold)).OrderBy(one => one.First.Strength).Take(most)];

    private static int RankOf(string name) => Presentation.KnownClasses.TakeWhile(known => known != name).Count();

    /// <summary>Returns the share of strengths, in ascending order, that a threshold refuses. A denied attempt is refused at every
    /// threshold.</summary>
    private static double Below(double[] strengths, double threshold)
    {
        double least = Math.Max(threshold, double.MinValue);
        int refused = 0;
        for (int end = strengths.Length; refused < end;)
        {
            int middle = (refused + end) / 2;
            (refused, end) = strengths[middle] >= least ? (refused, middle) : (middle + 1, end);
        }

        return (double)refused / strengths.Length;
    }

    private IReadOnlyList<PresentationResult> Of(string name) => [.. Results.Where(one => one.Presentation.Class == name)];

    private IOrderedEnumerable<double> Strengths(string name) =>
        Of(name).Where(one => one.IsJudged).Select(one => one.First.Strength).Order();
}
