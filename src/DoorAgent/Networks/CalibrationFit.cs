namespace DoorAgent.Networks;

/// <summary>Checks that a calibration table belongs to an added network, and that its rows are possible.</summary>
internal static class CalibrationFit
{
    /// <param name="table">The table.</param>
    /// <param name="id">Id of the added network.</param>
    /// <param name="network">The added network.</param>
    /// <param name="catalogue">The embedded entries.</param>
    /// <exception cref="InvalidDataException">The table was measured with another file, another input format or an unknown detector, for an
    /// unknown rule, or its rows are not possible; the message says which.</exception>
    public static void Ensure(CalibrationFile table, string id, AddedNetwork network, IReadOnlyList<CatalogueEntry> catalogue)
    {
        if (table.EncoderSha256 != network.Sha256)
        {
            throw new InvalidDataException($"its table was measured with an encoder file of the SHA-256 {table.EncoderSha256}, and {id} has "
                + $"{network.Sha256}.");
        }

        // The same file gives other numbers where its pixels are scaled in another way.
        if (table.Encoder != id && !(table.Encoder == network.Like
            && catalogue.Any(entry => entry.Id == network.Like && IsSame(entry.Input, network.Input))))
            throw new InvalidDataException($"its table was measured with the encoder {table.Encoder}, and not with {id}.");
        if (!catalogue.Any(entry => entry.Id == table.Detector && entry.Task == ModelTask.Detector))
            throw new InvalidDataException($"its table was measured with the detector {table.Detector}, which is not in the catalogue.");
        if (ComparisonRule.Parse(table.Rule) is null)
            throw new InvalidDataException($"its table is for the rule {table.Rule}, which is not known.");
        if (network.Calibration.Count(one => (one.Detector, one.Rule) == (table.Detector, table.Rule)) > 1)
            throw new InvalidDataException($"it has two tables for {table.Detector} and the rule {table.Rule}.");
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
