using System.Numerics.Tensors;
using DoorAgent.Faces;

namespace DoorAgent.Encodings;

/// <summary>The tests of one pair of networks.</summary>
/// <param name="Encoder">Catalogue id.</param>
/// <param name="Detector">Catalogue id.</param>
/// <param name="Tests">At least one.</param>
internal sealed record TypicalityTable(string Encoder, string Detector, TypicalityTest[] Tests);

/// <summary>One way in which faces differ from those of the calibration.</summary>
/// <param name="Unlike">What the changed faces were, in words.</param>
/// <param name="Reason">What a face is that fails.</param>
/// <param name="Least">Least value of a usable face; on the scale of the test upright faces are 1 on the mean and changed ones 0.</param>
/// <param name="Offset">Is added.</param>
/// <param name="Score">Weight of the detector's score.</param>
/// <param name="Weights">Weights of the encoding's numbers.</param>
internal sealed record TypicalityTest(string Unlike, UnusableReason Reason, float Least, float Offset, float Score, float[] Weights)
{
    /// <summary>How far a face is above the limit: 1 is an upright face of LFW on the mean, 0 the limit, less is not usable.</summary>
    public float Margin(FaceEncoding encoding, float score) =>
        (TensorPrimitives.Dot(Weights, encoding.Vector) + (Score * score) + Offset - Least) / (1 - Least);
}
