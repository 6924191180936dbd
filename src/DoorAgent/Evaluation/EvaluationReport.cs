using DoorAgent.Encodings;

namespace DoorAgent.Evaluation;

/// <summary>A measurement of one or more encoders on one set of pictures.</summary>
/// <param name="Set">What was compared.</param>
/// <param name="MadeAt">Local time of the measurement.</param>
/// <param name="Seed">Start of the random draws: folds, gallery, batch of triplets.</param>
/// <param name="Encoders">The encoders, in the order in which they were named.</param>
internal sealed record EvaluationReport(EvaluatedSet Set, DateTimeOffset MadeAt, int Seed, IReadOnlyList<EncoderEvaluation> Encoders)
{
    /// <summary>What a report does not say, for every form of it.</summary>
    public const string Limits = "Measured on these pictures only: other cameras, light and people give other rates. Pairs of pictures are "
        + "not independent, because one picture is in many pairs and one person in many pictures, so that the intervals (Clopper-Pearson, "
        + "95 %) are narrower than the truth. Balanced rates give every person, or every pair of people, the same weight.";
}

/// <summary>The set that was compared.</summary>
/// <param name="Folder">Absolute path of the pictures' folder.</param>
/// <param name="PairsFile">Path of the pairs file; null without one.</param>
/// <param name="Digest">SHA-256 over the digests of the pictures, in hexadecimal: names the set's content.</param>
/// <param name="People">Number of people.</param>
/// <param name="PeopleWithSeveral">Number of people with at least two pictures.</param>
/// <param name="Pictures">Number of pictures.</param>
/// <param name="LeftOut">Pictures that are counted nowhere.</param>
/// <param name="Notes">What the reader must know: one sentence each.</param>
internal sealed record EvaluatedSet(string Folder, string? PairsFile, string Digest, int People, int PeopleWithSeveral, int Pictures,
    IReadOnlyList<LeftOutPicture> LeftOut, IReadOnlyList<string> Notes);

/// <summary>The networks that made the encodings.</summary>
/// <param name="Encoder">Catalogue id of the encoder.</param>
/// <param name="EncoderDigest">SHA-256 of the encoder's file, in hexadecimal.</param>
/// <param name="Detector">Catalogue id of the detector.</param>
/// <param name="DetectorDigest">SHA-256 of the detector's file, in hexadecimal.</param>
/// <param name="Alignment">Version of the encoder's alignment.</param>
/// <param name="Dimension">Length of an encoding.</param>
/// <param name="Flips">Whether an encoding is the mean of those of a face and of its mirror image.</param>
internal sealed record EvaluatedNetworks(string Encoder, string EncoderDigest, string Detector, string DetectorDigest, int Alignment,
    int Dimension, bool Flips)
{
    private const string FlipEnding = "+flip";

    /// <summary>The name under which the encoder is asked for and shown: its id, and +flip for flip averaging.</summary>
    public string Name => Flips ? Encoder + FlipEnding : Encoder;

    /// <summary>Splits a name into the encoder's id and whether it flips.</summary>
    public static (string Encoder, bool Flips) Parse(string name) =>
        name.EndsWith(FlipEnding, StringComparison.Ordinal) ? (name[..^FlipEnding.Length], true) : (name, false);

    /// <summary>Describes an open pipeline.</summary>
    public static EvaluatedNetworks Of(FacePipeline pipeline) => new(pipeline.EncoderId, Convert.ToHexStringLower(pipeline.EncoderDigest),
        pipeline.DetectorId, pipeline.DetectorDigest, pipeline.AlignmentVersion, pipeline.Dimension, pipeline.Flips);
}

/// <summary>The rates of one encoder.</summary>
/// <param name="Networks">Encoder and detector.</param>
/// <param name="Failures">Pictures in which no face was found, by name; no rate of pairs counts them except the pairs file's, where they
/// match nobody.</param>
/// <param name="Encoded">Number of pictures with an encoding.</param>
/// <param name="AllPairs">All pairs of the set.</param>
/// <param name="Pairs">The pairs of the pairs file, or drawn ones; null if the set has too few.</param>
/// <param name="Identification">Galleries of several sizes at the product's own thresholds; empty if none is possible.</param>
/// <param name="Templates">Nearest, mean and trimmed mean of several pictures of a person; empty if too few people have so many.</param>
/// <param name="Triplets">The loss that encoders are trained with; null without a person with two pictures, or with one person
/// only.</param>
/// <param name="Notes">What the reader must know about this encoder's rates: one sentence each.</param>
internal sealed record EncoderEvaluation(EvaluatedNetworks Networks, IReadOnlyList<FaceFailure> Failures, int Encoded,
    AllPairsEvaluation AllPairs, FoldedEvaluation? Pairs, IReadOnlyList<IdentificationTrial> Identification,
    IReadOnlyList<TemplateTrial> Templates, TripletEvaluation? Triplets, IReadOnlyList<string> Notes)
{
    /// <summary>The pairs of pictures at which the encoder fails first; none where nobody asked for them.</summary>
    public WorstPairs Worst { get; init; } = WorstPairs.None;
}
