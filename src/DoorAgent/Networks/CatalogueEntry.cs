namespace DoorAgent.Networks;

/// <summary>What a network is for.</summary>
internal enum ModelTask
{
    Detector,
    Encoder,
    Liveness,
}

/// <summary>How a network is fed: NCHW float32, value = (byte x scale - mean) / std, per channel in the order named.</summary>
/// <param name="Width">Pixels; 0 where the network takes any multiple of 32.</param>
/// <param name="Height">Pixels; 0 likewise.</param>
/// <param name="Channels">BGR or RGB.</param>
/// <param name="Scale">Factor for a byte.</param>
/// <param name="Mean">Three values.</param>
/// <param name="Std">Three values.</param>
internal sealed record ModelInput(int Width, int Height, string Channels, float Scale, float[] Mean, float[] Std);

/// <summary>What comes out.</summary>
/// <param name="Dimension">Numbers of an encoding.</param>
internal sealed record ModelOutput(int Dimension);

/// <summary>Where the five landmarks of a face are put.</summary>
/// <param name="Version">Counts changes of the alignment: encodings of two versions cannot be compared.</param>
/// <param name="Points">Five (x, y) in the encoder's input, in the detector's landmark order.</param>
internal sealed record ModelAlignment(int Version, float[][] Points);

/// <summary>A row of a calibration table: below this distance the false match rate is at most this.</summary>
internal sealed record CalibrationRow(double Fmr, double Distance);

/// <summary>What a detector must find on the shipped picture adam/enrol-1.jpg.</summary>
/// <param name="Box">x, y, width, height in pixels.</param>
/// <param name="Landmarks">Five (x, y) in pixels.</param>
internal sealed record KnownFace(float[] Box, float[][] Landmarks);

/// <summary>Facts about one network: which file it is and how it is used.</summary>
internal sealed record CatalogueEntry(
    string Id, ModelTask Task, string File, long Bytes, string Sha256, string Licence, string Origin, ModelInput Input)
{
    /// <summary>Where 'models pull' fetches it: an address that names one commit, so that what lies there never changes; null where
    /// nobody publishes the file.</summary>
    public Uri? Url { get; init; }

    /// <summary>Detectors: what they must find on the shipped picture.</summary>
    public KnownFace? KnownFace { get; init; }

    /// <summary>Encoders: what comes out.</summary>
    public ModelOutput? Output { get; init; }

    /// <summary>Encoders: how a face is put before it.</summary>
    public ModelAlignment? Alignment { get; init; }

    /// <summary>Encoders: calibration tables, by the detector they were made with.</summary>
    public IReadOnlyDictionary<string, CalibrationRow[]> Calibration { get; init; } = new Dictionary<string, CalibrationRow[]>();

    /// <summary>Encoders that nobody has calibrated: the raw distance that their makers used, for the command line only; null where
    /// there is none.</summary>
    public double? RawDistance { get; init; }

    /// <summary>Encoders: the unit output for the made input (behaviour.md, section 8); empty where nobody knows it.</summary>
    public float[] KnownAnswer { get; init; } = [];

    /// <summary>What is known of its accuracy, in words.</summary>
    public string Accuracy { get; init; } = "";

    /// <summary>Whether there is a network at all: the comparison of raw pixels has none.</summary>
    public bool HasFile => File.Length > 0;

    /// <summary>Whether its file is made here, from weights that the user brings: what the file is stands in a record beside it.</summary>
    public bool IsMadeHere => HasFile && Sha256.Length == 0;

    /// <summary>Whether it is one of the two that this project made and ships.</summary>
    public bool IsBuiltIn => Id is Catalogue.BuiltInDetector or Catalogue.BuiltInEncoder;
}
