namespace DoorAgent.Matching;

/// <summary>
/// Maps a false match rate to a distance, as measured for one encoder with one detector. Between two rows the distance is linear in
/// the logarithm of the rate. Above the largest rate the largest distance applies; below the smallest rate there is no measurement
/// and so no answer.
/// </summary>
internal sealed class CalibrationTable
{
    private readonly (double LogRate, double Distance)[] _rows;

    /// <param name="rows">Rate and distance, strictly between 0 and 1 and between 0 and 2; distances grow with rates.</param>
    /// <exception cref="ArgumentException">There is no row, a row is out of range, or the distances are not increasing.</exception>
    public CalibrationTable(IEnumerable<(double Rate, double Distance)> rows)
    {
        rows = [.. rows];
        // The condition is written so that NaN fails too. A distance above 2 would let everybody in.
        if (!rows.All(row => row.Rate is > 0 and < 1 && row.Distance is > 0 and < 2))
            throw new ArgumentException("A rate lies between 0 and 1, a distance between 0 and 2.", nameof(rows));
        _rows = [.. rows.Select(row => (Math.Log10(row.Rate), row.Distance)).OrderBy(row => row.Item1)];
        if (_rows.Length == 0 || !_rows.Zip(_rows.Skip(1))
            .All(pair => pair.First.LogRate < pair.Second.LogRate && pair.First.Distance < pair.Second.Distance))
            throw new ArgumentException("A calibration table has rows, and its distances grow with its rates.", nameof(rows));
        SmallestRate = Math.Pow(10, _rows[0].LogRate);
    }

    /// <summary>The smallest rate that was measured.</summary>
    public double SmallestRate { get; }

    /// <summary>The largest distance, which belongs to the largest rate.</summary>
    public double LargestDistance => _rows[^1].Distance;

    /// <summary>Returns the rate at which a distance becomes a match, the inverse of <see cref="DistanceAt"/>; null below the table, and the
    /// largest rate above the table.</summary>
    public double? RateAt(double distance)
    {
        if (distance < _rows[0].Distance)
            return null;
        for (int i = 1; i < _rows.Length; i++)
        {
            (double from, double low) = _rows[i - 1];
            (double to, double high) = _rows[i];
            if (distance <= high)
                return Math.Pow(10, from + ((to - from) * (distance - low) / (high - low)));
        }

        return Math.Pow(10, _rows[^1].LogRate);
    }

    /// <summary>Returns the distance below which the false match rate is at most <paramref name="rate"/>; null below the table.</summary>
    public double? DistanceAt(double rate)
    {
        // A rate that equals the smallest one up to rounding is still in the table.
        double log = Math.Log10(rate) + 1e-9;
        if (log < _rows[0].LogRate)
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
}
