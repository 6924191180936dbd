using System.Numerics.Tensors;
using DoorAgent.Faces;

namespace DoorAgent.Encodings;

/// <summary>The typicality tests of one pair of networks.</summary>
/// <param name="Encoder">Catalogue id of the encoder.</param>
/// <param name="Detector">Catalogue id of the detector.</param>
/// <param name="Tests">At least one test.</param>
internal sealed record TypicalityTable(string Encoder, string Detector, TypicalityTest[] Tests);

/// <summary>A test for one way in which faces differ from those of the calibration.</summary>
/// <param name="Unlike">Description of the changed faces.</param>
/// <param name="Reason">Reason that is reported for a face that fails.</param>
/// <param name="Least">Minimum value of a usable face, on a scale where the mean of upright faces is 1 and of changed faces 0.</param>
/// <param name="Offset">Constant term.</param>
/// <param name="Score">Weight of the detector's score.</param>
/// <param name="Weights">Weights of the encoding's numbers.</param>
internal sealed record TypicalityTest(string Unlike, UnusableReason Reason, float Least, float Offset, float Score, float[] Weights)
{
    /// <summary>Computes the margin above the limit: 1 is the mean upright face of LFW, 0 is the limit, below 0 is unusable.</summary>
    public float Margin(FaceEncoding encoding, float score) =>
        (TensorPrimitives.Dot(Weights, encoding.Vector) + (Score * score) + Offset - Least) / (1 - Least);
}
