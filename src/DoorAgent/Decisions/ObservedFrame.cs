using DoorAgent.Encodings;
using DoorAgent.Matching;

namespace DoorAgent.Decisions;

/// <summary>Makes the policy's event out of what the networks read in a frame.</summary>
internal static class ObservedFrame
{
    /// <summary>Compares the face of a frame with the claimed person, or with everybody.</summary>
    /// <param name="reading">What the networks read.</param>
    /// <param name="capturedAt">Monotonic time of the capture.</param>
    /// <param name="takenUpAt">Monotonic time at which the networks began with the frame.</param>
    /// <param name="claimed">The claimed person; null for everybody.</param>
    /// <param name="faces">The gallery in use.</param>
    public static AccessEvent EventOf(
        FaceReading reading, TimeSpan capturedAt, TimeSpan takenUpAt, long? claimed, FaceComparison faces) =>
        reading is { Encoding: { } encoding, Face: { } face } && faces.Compare(claimed, encoding) is { } match
            ? new UsableFrame(face.Box, capturedAt, takenUpAt, match, claimed) { Landmarks = face.Landmarks }
            : new UnusableFrame(reading.Problem, capturedAt, reading.Face is not null)
            {
                Face = reading.Face,
                CountingFaces = reading.CountingFaces,
            };
}
