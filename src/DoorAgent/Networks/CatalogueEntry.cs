using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace DoorAgent.Networks;

/// <summary>The task of a network.</summary>
internal enum ModelTask
{
    Detector,
    Encoder,
    Liveness,
}

/// <summary>The input format of a network: NCHW float32, value = (byte x scale - mean) / std, per channel.</summary>
/// <param name="Width">Width in pixels; 0 if the network accepts any multiple of 32.</param>
/// <param name="Height">Height in pixels; 0 if the network accepts any multiple of 32.</param>
/// <param name="Channels">Order of the channels: BGR or RGB.</param>
/// <param name="Scale">Factor by which a byte is multiplied.</param>
/// <param name="Mean">Mean of each channel, three values.</param>
/// <param name="Std">Standard deviation of each channel, three values.</param>
internal sealed record ModelInput(int Width, int Height, string Channels, float Scale, float[] Mean, float[] Std)
{
    /// <summary>The input of an entry that is not one network.</summary>
    public static ModelInput None { get; } = new(0, 0, "BGR", 1, [0, 0, 0], [1, 1, 1]);
}

/// <summary>The output format of an encoder.</summary>
/// <param name="Dimension">Length of an encoding.</param>
internal sealed record ModelOutput(int Dimension);

/// <summary>The positions to which a face's five landmarks are aligned.</summary>
/// <param name="Version">Version of the alignment: encodings of different versions cannot be compared.</param>
/// <param name="Points">Five (x, y) in the encoder's input, in the detector's landmark order.</param>
internal sealed record ModelAlignment(int Version, float[][] Points);

/// <summary>How a crop around a face is kept inside the picture.</summary>
internal enum CropEdge
{
    /// <summary>The enlarged box is shrunk to fit and shifted inside the picture.</summary>
    Shifted,

    /// <summary>The square stays where the face is; pixels outside the picture are reflected at its outermost pixels.</summary>
    Reflected,
}

/// <summary>How a crop is resized to the network's input.</summary>
internal enum CropResize
{
    /// <summary>Bilinear, without smoothing when shrinking.</summary>
    Bilinear,

    /// <summary>Mean of the covered area when shrinking, Lanczos with 8 x 8 pixels when growing.</summary>
    AreaOrLanczos,
}

/// <summary>The part of the picture that a liveness network judges, as its publishers cut it.</summary>
/// <param name="Scale">Side of the crop in sides of the face's box.</param>
/// <param name="Edge">What happens at the edges of the picture.</param>
/// <param name="Resize">How the crop is resized.</param>
internal sealed record ModelCrop(double Scale, CropEdge Edge, CropResize Resize);

/// <summary>A row of a calibration table.</summary>
/// <param name="Fmr">False match rate, 0 to 1.</param>
/// <param name="Distance">Distance below which the false match rate is at most <paramref name="Fmr"/>.</param>
internal sealed record CalibrationRow(double Fmr, double Distance)
{
    /// <summary>The ends of the 95 % interval of the distance; null if unknown.</summary>
    public double? Low { get; init; }

    /// <inheritdoc cref="Low"/>
    public double? High { get; init; }

    /// <summary>Whether the rate is too small to be counted, so that the distance was estimated from the tail (the lower end of the
    /// interval). A door uses such a row only with Matching:AcceptEstimates.</summary>
    public bool IsEstimate { get; init; }
}

/// <summary>The calibration of an encoder with one detector and one rule of comparison.</summary>
/// <param name="Detector">Id of the detector.</param>
/// <param name="Rule">Name of the <see cref="ComparisonRule"/>.</param>
/// <param name="Rows">Rates and distances, the largest rate first.</param>
internal sealed record CalibrationEntry(string Detector, string Rule, CalibrationRow[] Rows)
{
    /// <summary>The pictures on which the rates were measured, in words.</summary>
    public string MeasuredOn { get; init; } = "";

    /// <summary>Number of comparisons of two people; 0 if unknown.</summary>
    public long Comparisons { get; init; }
}

/// <summary>The face that a detector must find on the shipped picture adam/enrol-1.jpg.</summary>
/// <param name="Box">Box as x, y, width, height in pixels.</param>
/// <param name="Landmarks">Five (x, y) in pixels.</param>
internal sealed record KnownFace(float[] Box, float[][] Landmarks);

/// <summary>A file that a publisher distributes.</summary>
/// <param name="Url">The address; its content never changes.</param>
/// <param name="Bytes">Length of the file.</param>
/// <param name="Sha256">Digest of the file.</param>
internal sealed record PublishedFile(Uri Url, long Bytes, string Sha256);

/// <summary>A network in OpenVINO's format.</summary>
/// <param name="Xml">The graph.</param>
/// <param name="Bin">The weights.</param>
internal sealed record OpenVinoSource(PublishedFile Xml, PublishedFile Bin)
{
    /// <summary>Whether one of the files has a length.</summary>
    public bool HasLength(long bytes) => Xml.Bytes == bytes || Bin.Bytes == bytes;
}

/// <summary>A network of the catalogue: identifies the network's file and describes how the network is used. Or a composite encoder, which
/// joins the encodings of several networks.</summary>
internal sealed record CatalogueEntry(string Id, ModelTask Task, string File, long Bytes, string Sha256, string Licence, string Origin)
{
    /// <summary>The input format; of a composite encoder <see cref="ModelInput.None"/>, since its parts have their own.</summary>
    public ModelInput Input { get; init; } = ModelInput.None;

    /// <summary>Composite encoders: the ids of the encoders whose encodings are joined, in this order, each once. Empty for one
    /// network.</summary>
    public string[] Parts { get; init; } = [];

    /// <summary>The address from which 'models pull' downloads the file. The address names one commit, so that the content never
    /// changes. Null if the file is not published.</summary>
    public Uri? Url { get; init; }

    /// <summary>The two files from which this machine makes the network's file, where the publisher distributes the network in
    /// OpenVINO's format; null otherwise.</summary>
    public OpenVinoSource? OpenVino { get; init; }

    /// <summary>Detectors: the face that must be found on the shipped picture.</summary>
    public KnownFace? KnownFace { get; init; }

    /// <summary>Encoders: the output format.</summary>
    public ModelOutput? Output { get; init; }

    /// <summary>Encoders: the alignment of the input face. The alignment of a composite encoder has a version and no points.</summary>
    public ModelAlignment? Alignment { get; init; }

    /// <summary>Encoders: calibration tables, at most one for a detector and a rule.</summary>
    public IReadOnlyList<CalibrationEntry> Calibration { get; init; } = [];

    /// <summary>Uncalibrated encoders: the distance that their authors used, for the command line only; null if unknown.</summary>
    public double? RawDistance { get; init; }

    /// <summary>Liveness: the part of the picture that is judged.</summary>
    public ModelCrop? Crop { get; init; }

    /// <summary>Liveness: index of the output for a live face; the other outputs stand for kinds of pictures.</summary>
    public int LiveOutput { get; init; }

    /// <summary>The output for the synthetic input (behaviour.md, section 8): of encoders scaled to unit length, of liveness networks
    /// as it is, one logit for each class; empty if unknown.</summary>
    public float[] KnownAnswer { get; init; } = [];

    /// <summary>What a user should know about the licence, as sentences; empty if the licence says everything.</summary>
    public string LicenceNote { get; init; } = "";

    /// <summary>A description of the network's accuracy.</summary>
    public string Accuracy { get; init; } = "";

    /// <summary>Returns the calibration with a detector and a rule of comparison; null if there is none.</summary>
    public CalibrationEntry? CalibrationOf(string detector, ComparisonRule rule) =>
        Calibration.FirstOrDefault(table => table.Detector == detector && table.Rule == rule.Name);

    /// <summary>Whether the entry has a network file of its own; the comparison of raw pixels and a composite encoder have none.</summary>
    public bool HasFile => File.Length > 0;

    /// <summary>Whether the encoder joins the encodings of several networks.</summary>
    public bool IsComposite => Parts.Length > 0;

    /// <summary>The id under which an earlier version had this network built in; null for all others. The built-in network is another file
    /// today and has the id alone, but galleries and folders of that version still say this id for this one.</summary>
    public string? Formerly { get; init; }

    /// <summary>Whether the network file is built on this machine from weights that the user provides; a sidecar file describes
    /// it.</summary>
    public bool IsBuiltLocally => HasFile && Sha256.Length == 0;

    /// <summary>Completes a composite encoder with the length and the digest of its parts. The digest is the SHA-256 of, for each part in
    /// order, the 32 bytes of the SHA-256 of its file and the version of its alignment as a little-endian number of 4 bytes: encodings
    /// by other files, in other alignments or in another order cannot be compared.</summary>
    /// <param name="parts">The entries of the parts, in order, with their digests.</param>
    public CatalogueEntry OfParts(IReadOnlyList<CatalogueEntry> parts)
    {
        byte[] facts = new byte[36 * parts.Count];
        for (int i = 0; i < parts.Count; i++)
        {
            Span<byte> fact = facts.AsSpan(36 * i, 36);
            Convert.FromHexString(parts[i].Sha256).CopyTo(fact);
            BinaryPrimitives.WriteInt32LittleEndian(fact[32..], parts[i].Alignment!.Version);
        }

        return this with { Bytes = parts.Sum(part => part.Bytes), Sha256 = Convert.ToHexStringLower(SHA256.HashData(facts)) };
    }

    /// <summary>The digest by which galleries, calibration tables and caches know the encodings: that of the file. For an added network it
    /// covers the input format too, since the same file gives other numbers where pixels are scaled in another way.</summary>
    [JsonIgnore]
    public string EncodingSha256 => !IsAdded ? Sha256 : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        FormattableString.Invariant($"{Sha256} {Input.Width} {Input.Height} {Input.Channels} {Input.Scale} {string.Join(' ',
            Input.Mean.Concat(Input.Std).Select(value => value.ToString(CultureInfo.InvariantCulture)))} {Alignment!.Version}"))));

    /// <summary>Whether the user added the network to a model directory; no file of the catalogue says so.</summary>
    [JsonIgnore]
    public bool IsAdded { get; init; }

    /// <summary>Whether the network is one of the two that this project trains and ships.</summary>
    public bool IsBuiltIn => Id is Catalogue.BuiltInDetector or Catalogue.BuiltInEncoder;
}
