namespace DoorAgent.Networks;

/// <summary>Checks that a calibration table belongs to an added network, and that its rows are possible.</summary>
internal static class CalibrationFit
{
    /// <param name="table">The table.</param>
    /// <param name="network">The added network.</param>
    /// <param name="like">The entry that the network is like.</param>
    /// <param name="catalogue">The embedded entries.</param>
    /// <exception cref="InvalidDataException">The table was measured with another encoder, file, input format or an unknown detector, for
    /// an unknown rule, or its rows are not possible; the message says which.</exception>
    public static void Ensure(
        CalibrationFile table, CatalogueEntry network, CatalogueEntry like, IReadOnlyList<CatalogueEntry> catalogue)
    {
        // A table of the entry itself holds for the same file with the same pixel values.
        bool isOfEntry = table.Encoder == like.Id && IsSame(like.Input, network.Input);
        if (table.Encoder != network.Id && !isOfEntry)
            throw new InvalidDataException($"its table was measured with the encoder {table.Encoder}, and not with {network.Id}.");
        string digest = isOfEntry ? network.Sha256 : network.EncodingSha256;
        if (table.EncoderSha256 != digest)
        {
            throw new InvalidDataException($"its table was measured with another file or input format of {table.Encoder}: the SHA-256 is "
                + $"{table.EncoderSha256} and must be {digest}.");
        }

        if (table.DetectorIn(catalogue) is null)
        {
            throw new InvalidDataException($"its table was measured with the detector {table.Detector}"
                + $"{(table.DetectorSha256 is { } sha256 ? $" ({sha256})" : "")}, which is not in the catalogue.");
        }

        if (ComparisonRule.Parse(table.Rule) is null)
            throw new InvalidDataException($"its table is for the rule {table.Rule}, which is not known.");
        if (!AreOrdered(table.Rows))
        {
            throw new InvalidDataException("the rows of its table are not in order: rates between 0 and 1, the largest first, estimates last, "
                + "and distances between 0 and 2 that fall with the rates.");
        }
    }

    /// <summary>Whether two input formats give a network the same numbers.</summary>
    public static bool IsSame(ModelInput one, ModelInput other) =>
        (one.Width, one.Height, one.Channels, one.Scale) == (other.Width, other.Height, other.Channels, other.Scale)
        && one.Mean.SequenceEqual(other.Mean) && one.Std.SequenceEqual(other.Std);

    // The conditions are written so that NaN fails.
    private static bool AreOrdered(CalibrationRow[] rows) => rows is [{ IsEstimate: false }, ..]
        && rows.All(row => row is { Fmr: > 0 and < 1, Distance: > 0 and < 2 })
        && rows.Zip(rows.Skip(1)).All(pair => pair.Second.Fmr < pair.First.Fmr && pair.Second.Distance < pair.First.Distance
            && (pair.Second.IsEstimate || !pair.First.IsEstimate));
}
