namespace DoorAgent.Matching;

/// <summary>The outcome of comparing one probe.</summary>
/// <param name="PersonId">The person compared with (verification) or the nearest person (identification).</param>
/// <param name="Distance">The distance to their nearest encoding, 0 to 2.</param>
/// <param name="Threshold">A match needs a distance strictly below this.</param>
/// <param name="SecondDistance">Identification: the distance to the second-nearest person, infinite when there is none.</param>
/// <param name="IsMatch">Below the threshold and, in identification, clear of the second by the margin.</param>
internal readonly record struct FaceMatch(long PersonId, float Distance, float Threshold, float SecondDistance, bool IsMatch);
