namespace DoorAgent.Matching;

/// <summary>The result of the comparison of one probe.</summary>
/// <param name="PersonId">The claimed person (verification) or the nearest person (identification).</param>
/// <param name="Distance">Distance to this person's nearest encoding, 0 to 2.</param>
/// <param name="Threshold">A match needs a distance strictly below this value.</param>
/// <param name="SecondDistance">Identification: distance to the second-nearest person. Verification: distance to the nearest person from
/// whom the claimed one is separated (<see cref="SeparatedPair"/>). Infinite if there is no such person.</param>
/// <param name="IsMatch">Whether the distance is below the threshold and clear of the second by the margin.</param>
internal readonly record struct FaceMatch(long PersonId, float Distance, float Threshold, float SecondDistance, bool IsMatch);
