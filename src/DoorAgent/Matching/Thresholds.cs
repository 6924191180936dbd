using System.Globalization;
using DoorAgent.Hardware.Settings;
using DoorAgent.Networks;

namespace DoorAgent.Matching;

/// <summary>Converts error rates to distances (behaviour.md, section 1). Pure.</summary>
internal sealed class Thresholds
{
    private const double FarRate = 1e-4;

    private readonly MatchingOptions _options;
    private readonly CalibrationTable? _table;

    /// <param name="options">Checked options.</param>
    /// <param name="table">Calibration of the networks; null is allowed only with a raw distance.</param>
    /// <param name="rule">The rule of comparison for which the table holds; null for <see cref="ComparisonRule.Nearest"/>.</param>
    /// <exception cref="UserErrorException">There is neither a table nor a raw distance.</exception>
    public Thresholds(MatchingOptions options, CalibrationTable? table, ComparisonRule? rule = null)
    {
        (_options, _table, Rule) = (options, table, rule ?? ComparisonRule.Nearest);
        if (table is null && options.Distance is null)
        {
            throw new UserErrorException("This encoder is not calibrated with this detector, so no error rate can be promised. "
                + "Use a calibrated pair ('dooragent models list' shows them).");
        }
    }

    /// <summary>The rule of comparison for which the distances hold.</summary>
    public ComparisonRule Rule { get; }

    /// <summary>The calibration of single encodings compared with each other, where that differs from the rule's own; else null.</summary>
    public CalibrationTable? Pair { get; init; }

    /// <summary>Returns the distance below which two pictures show one person: encodings compared with each other, centred where the rule
    /// is centred.</summary>
    /// <exception cref="UserErrorException">The table does not support one comparison.</exception>
    public float SamePerson() =>
        Pair is null ? Verification(1) : new Thresholds(_options.WithoutSite(), Pair).Verification(1);

    /// <summary>Returns the distance for a claim against a number of templates of the claimed person
    /// (<see cref="PersonTemplate.Count"/>).</summary>
    /// <exception cref="UserErrorException">The table does not support this number.</exception>
    public float Verification(int encodings) => At(nameof(MatchingOptions.Fmr), _options.Fmr, encodings);

    /// <summary>Returns the smallest distance that a claim can need: that of a person with the largest allowed number of encodings that
    /// the table supports.</summary>
    /// <param name="most">The largest number of encodings that a person may have.</param>
    /// <exception cref="UserErrorException">The table does not support a single encoding.</exception>
    public float StrictestVerification(int most)
    {
        int templates = PersonTemplate.Count(Rule.Template, most);
        return Verification(_table is null ? templates : Math.Clamp(Supported(_options.Fmr, SmallestUsable), 1, templates));
    }

    /// <summary>Returns the distance for a face against the templates of all people; the matcher also applies the found person's
    /// verification distance.</summary>
    /// <exception cref="UserErrorException">The table does not support this number.</exception>
    public float Identification(int encodings) => At(nameof(MatchingOptions.Fpir), _options.Fpir, encodings);

    /// <summary>A distance beyond which two pictures hardly show one person: the one of a false match rate of 1e-4, or the raw
    /// distance.</summary>
    public float FarDistance => (float)(_options.Distance ?? _table!.DistanceAt(FarRate) ?? _table.LargestDistance);

    /// <summary>The smallest rate of the table; null with a raw distance.</summary>
    public double? SmallestRate => _options.Distance is null ? _table!.SmallestRate : null;

    /// <summary>Returns the setting of Matching:Fmr from which on a distance to the nearest of a person's encodings is a match: 1 - (1 -
    /// f)^E, where f is the rate of the distance in the table.</summary>
    /// <param name="distance">The distance, 0 to 2.</param>
    /// <param name="encodings">Number of encodings of the claimed person, at least 1.</param>
    /// <returns>Null below the table, and with a raw distance.</returns>
    public double? ClaimRateAt(float distance, int encodings) =>
        _options.Distance is null && _table!.RateAt(distance) is { } rate ? -ExpM1(encodings * LogP1(-rate)) : null;

    /// <summary>Returns whether the distance for a claim against a number of encodings is an estimate beyond the measured table.</summary>
    public bool IsVerificationEstimated(int encodings) => IsEstimated(_options.Fmr, encodings);

    /// <summary>Returns whether the distance for a face against all people is an estimate beyond the measured table.</summary>
    public bool IsIdentificationEstimated(int encodings) => IsEstimated(_options.Fpir, encodings);

    /// <summary>Checks that a single person with one encoding can match; otherwise nobody ever could.</summary>
    /// <param name="identifies">Whether a face without a claim is compared with all people.</param>
    /// <exception cref="UserErrorException">The table does not support one encoding; the message names setting and value.</exception>
    public void EnsureOneCanMatch(bool identifies)
    {
        _ = Verification(1);
        if (identifies)
            _ = Identification(1);
    }

    /// <summary>Computes the rate per comparison so that E comparisons together have the target rate: 1 - (1 - target)^(1/E).</summary>
    public static double PerComparisonRate(double target, int encodings) => -ExpM1(LogP1(-target) / encodings);

    /// <summary>Computes the largest number of encodings that the table supports.</summary>
    public static int Supported(double target, double smallestRate) => (int)Math.Floor((LogP1(-target) / LogP1(-smallestRate)) + 1e-6);

    private double SmallestUsable => _options.AcceptEstimates ? _table!.SmallestEstimate : _table!.SmallestRate;

    private bool IsEstimated(double target, int encodings) =>
        _options.Distance is null && _table!.IsBelowMeasured(PerComparisonRate(target, Math.Max(1, encodings)));

    /// <summary>Returns the table's distance, or the site's where that is smaller: a site can only make the door stricter.</summary>
    private float At(string setting, double target, int encodings)
    {
        if (_options.Distance is { } raw)
            return (float)raw;
        double distance = _table!.DistanceAt(PerComparisonRate(target, Math.Max(1, encodings)), _options.AcceptEstimates)
            ?? throw BelowTable(setting, target, encodings);
        return (float)Math.Min(distance, _options.SiteDistance ?? distance);
    }

    private UserErrorException BelowTable(string setting, double target, int encodings)
    {
        string ends = string.Create(CultureInfo.InvariantCulture,
            $"at {MatchingOptions.Section}:{setting} {SettingText.Of(target)}: this encoder's table ends at {SmallestUsable:0.#e-0}");
        int supported = Supported(target, SmallestUsable);
        string estimates = Estimates(target, Math.Max(1, encodings));
        return new UserErrorException(supported == 0
            ? $"No distance is known {ends}, so nobody could ever be let in. Set {MatchingOptions.Section}:{setting} to that or "
                + $"more.{estimates}"
            : string.Create(CultureInfo.InvariantCulture, $"{encodings} encodings are too many {ends}, which supports {supported:#,0}. "
                + $"Enrol fewer, or accept a larger {setting}.{estimates}"));
    }

    /// <summary>Says that the table's estimates would reach further; empty if they would not suffice.</summary>
    private string Estimates(double target, int encodings) =>
        _options.AcceptEstimates || _table!.DistanceAt(PerComparisonRate(target, encodings), acceptEstimates: true) is null ? ""
        : string.Create(CultureInfo.InvariantCulture, $" Or set {MatchingOptions.Section}:{nameof(MatchingOptions.AcceptEstimates)} to "
            + $"true: the table has estimates, which nobody has counted, down to {_table.SmallestEstimate:0.#e-0}.");

    // ln(1 + x) and e^x - 1 for small x, where the plain forms lose all digits (Kahan's correction).
    private static double LogP1(double x)
    {
        double u = 1 + x;
        return u == 1 ? x : Math.Log(u) * x / (u - 1);
    }

    private static double ExpM1(double x) => Math.Abs(x) < 1e-5 ? x + (x * x / 2) : Math.Exp(x) - 1;
}
