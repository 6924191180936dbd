namespace DoorAgent.Matching;

/// <summary>
/// Two people who look alike, with a rule of their own: a face is taken for one of them only if the face is nearer than the pair's distance
/// and than the usual threshold, and farther from the other one by at least Matching:Margin.
/// </summary>
/// <param name="One">Row id of one person, below <paramref name="Other"/>.</param>
/// <param name="Other">Row id of the other person.</param>
/// <param name="Distance">The pair's distance, above 0 and below 2.</param>
internal readonly record struct SeparatedPair(long One, long Other, float Distance)
{
    /// <summary>Returns the id of the other one of the two.</summary>
    public long Beside(long person) => person == One ? Other : One;
}
