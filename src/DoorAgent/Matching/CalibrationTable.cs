using DoorAgent.Networks;

namespace DoorAgent.Matching;

/// <summary>
/// Maps a false match rate to a distance, as measured for one encoder with one detector. Between two rows the distance is linear in
/// the logarithm of the rate. Above the largest rate the largest distance applies; below the smallest rate there is no measurement
/// and so no answer, unless estimates are accepted and the table has some.
/// </summary>
internal sealed class CalibrationTable
{
    private readonly (double LogRate, double Distance)[] _rows;
    private readonly int _firstMeasured;

    /// <param name="rows">Measured rate and distance, strictly between 0 and 1 and between 0 and 2; distances grow with rates.</param>
    /// <param name="estimates">Estimated rows, all of smaller rates than the measured ones.</param>
    /// <exception cref="ArgumentException">There is no measured row, a row is out of range, the distances are not increasing, or an
    /// estimate lies among the measured rows.</exception>
    public CalibrationTable(IEnumerable<(double Rate, double Distance)> rows, IEnumerable<(double Rate, double Distance)>? estimates = null)
    {
        (double Rate, double Distance)[] measured = [.. rows], estimated = [.. estimates ?? []], all = [.. measured, .. estimated];
        // The condition is written so that NaN fails too. A distance above 2 would let everybody in.
        if (!all.All(row => row.Rate is > 0 and < 1 && row.Distance is > 0 and < 2))
            throw new ArgumentException("A rate lies between 0 and 1, a distance between 0 and 2.", nameof(rows));
        _rows = [.. all.Select(row => (Math.Log10(row.Rate), row.Distance)).OrderBy(row => row.Item1)];
        if (measured.Length == 0 || !_rows.Zip(_rows.Skip(1))
            .All(pair => pair.First.LogRate < pair.Second.LogRate && pair.First.Distance < pair.Second.Distance))
            throw new ArgumentException("A calibration table has rows, and its distances grow with its rates.", nameof(rows));
        if (estimated.Any(estimate => estimate.Rate > measured.Min(row => row.Rate)))
            throw new ArgumentException("Estimates lie below the measured rows.", nameof(estimates));
        _firstMeasured = estimated.Length;
        SmallestRate = Math.Pow(10, _rows[_firstMeasured].LogRate);
        SmallestEstimate = Math.Pow(10, _rows[0].LogRate);
    }

    /// <summary>Creates the table of a calibration.</summary>
    public static CalibrationTable Of(CalibrationEntry calibration) => new(
        calibration.Rows.Where(row => !row.IsEstimate).Select(row => (row.Fmr, row.Distance)),
        calibration.Rows.Where(row => row.IsEstimate).Select(row => (row.Fmr, row.Distance)));

    /// <summary>The measured rows, the smallest rate first.</summary>
    public IEnumerable<(double Rate, double Distance)> Measured =>
        _rows.Skip(_firstMeasured).Select(row => (Math.Pow(10, row.LogRate), row.Distance));

    /// <summary>The smallest rate that was measured.</summary>
    public double SmallestRate { get; }

    /// <summary>The largest distance, which belongs to the largest rate.</summary>
    public double LargestDistance => _rows[^1].Distance;

    /// <summary>Returns the measured rate at which a distance becomes a match, the inverse of <see cref="DistanceAt"/>; null below the
    /// measured rows, and the largest rate above the table.</summary>
    public double? RateAt(double distance)
    {
        if (distance < _rows[_firstMeasured].Distance)
            return null;
        for (int i = _firstMeasured + 1; i < _rows.Length; i++)
        {
            (double from, double low) = _rows[i - 1];
            (double to, double high) = _rows[i];
            if (distance <= high)
                return Math.Pow(10, from + ((to - from) * (distance - low) / (high - low)));
        }

        return Math.Pow(10, _rows[^1].LogRate);
    }

    /// <summary>The smallest rate with an estimate; the smallest measured one without estimates.</summary>
    public double SmallestEstimate { get; }

    /// <summary>Returns whether the distance of a rate can only be estimated. A rate that equals the smallest measured one up to rounding
    /// is measured.</summary>
    public bool IsBelowMeasured(double rate) => LogOf(rate) < _rows[_firstMeasured].LogRate;

    /// <summary>Returns the distance below which the false match rate is at most <paramref name="rate"/>; null below the table.</summary>
    /// <param name="rate">The rate, above 0.</param>
    /// <param name="acceptEstimates">Whether the estimates below the measured rows may answer.</param>
    public double? DistanceAt(double rate, bool acceptEstimates = false)
    {
        double log = LogOf(rate);
        if (log < _rows[acceptEstimates ? 0 : _firstMeasured].LogRate)
            return null;
        for (int i = 1; i < _rows.Length; i++)
        {
            (double from, double low) = _rows[i - 1];
            (double to, double high) = _rows[i];
            if (log <= to)
                return low + ((high - low) * Math.Clamp((log - from) / (to - from), 0, 1));
        }

        return _rows[^1].Distance;
    }

    private static double LogOf(double rate) => Math.Log10(rate) + 1e-9;
}
