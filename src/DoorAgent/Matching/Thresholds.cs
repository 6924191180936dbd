using System.Globalization;
using DoorAgent.Hardware.Settings;

namespace DoorAgent.Matching;

/// <summary>Error rates to distances (behaviour.md, section 1). Pure.</summary>
internal sealed class Thresholds
{
    private readonly MatchingOptions _options;
    private readonly CalibrationTable? _table;

    /// <param name="options">Checked options.</param>
    /// <param name="table">The calibration of the networks in use; null is allowed only with a raw distance.</param>
    /// <exception cref="UserErrorException">There is neither a table nor a raw distance.</exception>
    public Thresholds(MatchingOptions options, CalibrationTable? table)
    {
        (_options, _table) = (options, table);
        if (table is null && options.Distance is null)
        {
            throw new UserErrorException("Nobody has calibrated this encoder with this detector, so no error rate can be promised. "
                + "Use a pair that has a table ('dooragent models list' shows them).");
        }
    }

    /// <summary>The distance for a claim against that many encodings of the claimed person.</summary>
    /// <exception cref="UserErrorException">The table does not reach so far.</exception>
    public float Verification(int encodings) => At(nameof(MatchingOptions.Fmr), _options.Fmr, encodings);

    /// <summary>The smallest distance that a claim may need: that of a person with as many encodings as they may have and the
    /// table supports.</summary>
    /// <exception cref="UserErrorException">The table does not reach even one encoding.</exception>
    public float StrictestVerification(int most) =>
        Verification(_table is null ? most : Math.Clamp(Supported(_options.Fmr, _table.SmallestRate), 1, most));

    /// <summary>The distance for a face against everybody, before it is held to the verification distance of the person found.</summary>
    /// <exception cref="UserErrorException">The table does not reach so far.</exception>
    public float Identification(int encodings) => At(nameof(MatchingOptions.Fpir), _options.Fpir, encodings);

    /// <summary>Looks whether a person with one encoding could come in, alone in the gallery: else nobody ever can.</summary>
    /// <param name="identifies">Whether faces are compared with everybody too.</param>
    /// <exception cref="UserErrorException">The table does not reach even that; the message names setting and value.</exception>
    public void EnsureOneCanMatch(bool identifies)
    {
        _ = Verification(1);
        if (identifies)
            _ = Identification(1);
    }

    /// <summary>What one of E comparisons may cost so that all together cost the target: 1 - (1 - target)^(1/E).</summary>
    public static double PerComparisonRate(double target, int encodings) => -ExpM1(LogP1(-target) / encodings);

    /// <summary>How many encodings may be compared before the table has no answer.</summary>
    public static int Supported(double target, double smallestRate) => (int)Math.Floor((LogP1(-target) / LogP1(-smallestRate)) + 1e-6);

    private float At(string setting, double target, int encodings)
    {
        if (_options.Distance is { } raw)
            return (float)raw;
        return (float)(_table!.DistanceAt(PerComparisonRate(target, Math.Max(1, encodings))) ?? throw BelowTable(setting, target, encodings));
    }

    private UserErrorException BelowTable(string setting, double target, int encodings)
    {
        string ends = string.Create(CultureInfo.InvariantCulture,
            $"at {MatchingOptions.Section}:{setting} {SettingText.Of(target)}: this encoder's table ends at {_table!.SmallestRate:0.#e-0}");
        int supported = Supported(target, _table.SmallestRate);
        return new UserErrorException(supported == 0
            ? $"No distance is known {ends}, so nobody could ever be let in. Set {MatchingOptions.Section}:{setting} to that or more."
            : string.Create(CultureInfo.InvariantCulture,
                $"{encodings} encodings are too many {ends}, which supports {supported:#,0}. Enrol fewer, or accept a larger {setting}."));
    }

    // ln(1 + x) and e^x - 1 for small x, where the plain forms lose all digits (Kahan's correction).
    private static double LogP1(double x)
    {
        double u = 1 + x;
        return u == 1 ? x : Math.Log(u) * x / (u - 1);
    }

    private static double ExpM1(double x) => Math.Abs(x) < 1e-5 ? x + (x * x / 2) : Math.Exp(x) - 1;
}
