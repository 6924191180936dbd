namespace DoorAgent.Evaluation;

/// <summary>How the comparisons of a gallery with itself concern one person.</summary>
/// <param name="Name">The person's name.</param>
/// <param name="Encodings">Number of the person's encodings.</param>
/// <param name="Threshold">The distance below which a claim to be this person succeeds.</param>
/// <param name="Own">The distance of each encoding to the person's other encodings, as if this encoding came to the door and the others
/// were enrolled; empty with fewer than two.</param>
/// <param name="NearestOther">Who comes nearest among the others; null if there is nobody else.</param>
/// <param name="NearestDistance">The distance of that person's nearest encoding; infinite without others.</param>
/// <param name="FalseMatches">How many encodings of others are near enough to be taken for this person.</param>
/// <param name="Claims">Number of encodings of others.</param>
internal sealed record SitePerson(string Name, int Encodings, double Threshold, IReadOnlyList<double> Own, string? NearestOther,
    double NearestDistance, int FalseMatches, int Claims)
{
    /// <summary>The largest distance of an encoding to the person's others; not a number with fewer than two.</summary>
    public double Spread => Own.Count == 0 ? double.NaN : Own.Max();

    /// <summary>How many of the person's own encodings are too far from the others at a distance.</summary>
    public int RefusedAt(double distance) => Own.Count(own => own >= distance);

    /// <summary>How many of the person's own encodings are too far from the others at the door's threshold.</summary>
    public int Refused => RefusedAt(Threshold);
}
