using DoorAgent.Galleries;

namespace DoorAgent.Enrolment;

/// <summary>The outcome of enrolment: what to write, and what to say.</summary>
/// <param name="Findings">One for each picture file, in their order.</param>
/// <param name="Pictures">All pictures that the person has afterwards.</param>
/// <param name="Dropped">How many that they had before gave way to better or more different ones.</param>
internal sealed record Enrolled(IReadOnlyList<PictureFinding> Findings, IReadOnlyList<EnrolledPicture> Pictures, int Dropped);
