namespace DoorAgent.Evaluation;

/// <summary>How well a set keeps the margin between people: the triplets of each ordered pair of one person with the anchor's hard
/// negative (<see cref="TripletSelection.HardNegatives"/>), in a set of any size.</summary>
/// <param name="Triplets">Number of triplets.</param>
/// <param name="Violated">Those with |a - p|^2 + alpha above |a - n|^2.</param>
/// <param name="Loss">The sum of max(|a - p|^2 - |a - n|^2 + alpha, 0).</param>
internal readonly record struct TripletViolations(long Triplets, long Violated, double Loss)
{
    /// <summary>Counts the triplets of a set.</summary>
    /// <param name="set">The encodings.</param>
    /// <param name="nearest">The nearest rows of other people.</param>
    /// <param name="alpha">The margin, above 0.</param>
    public static TripletViolations Of(EncodedSet set, NearestPeople nearest, double alpha = TripletLoss.DefaultAlpha)
    {
        long triplets = 0, violated = 0;
        double loss = 0;
        for (int anchor = 0; anchor < set.Rows; anchor++)
        {
            if (nearest.OfRow(anchor) is not { } negative)
                continue;
            double limit = ((double)negative.Distance * negative.Distance) - alpha;
            (int first, int count) = set.RowsOf(set.PersonOf[anchor]);
            for (int positive = first; positive < first + count; positive++)
            {
                if (positive == anchor)
                    continue;
                triplets++;
                double distance = System.Numerics.Tensors.TensorPrimitives.Distance(set.Vector(anchor), set.Vector(positive));
                double excess = (distance * distance) - limit;
                if (excess > 0)
                    (violated, loss) = (violated + 1, loss + excess);
            }
        }

        return new TripletViolations(triplets, violated, loss);
    }
}
