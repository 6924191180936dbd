using DoorAgent.Hardware.Settings;

namespace DoorAgent.Encodings;

/// <summary>Which encoder an empty gallery takes; afterwards the gallery names its own.</summary>
internal sealed class EncodingOptions : ICheckedOptions
{
    public static string Section => "Encodings";

    [Setting("The encoder that an empty gallery takes; afterwards the gallery names its own. door-encoder is the built-in one.",
        Form = "an id of the catalogue, see `dooragent models list`")]
    public string Encoder { get; set; } = Networks.Catalogue.BuiltInEncoder;

    public void Check(OptionErrors errors)
    {
        // Added networks lie in model directories, which options do not know: the pipeline finds them.
        if (!Networks.AddedNetwork.IsId(Encoder) && Networks.Catalogue.Embedded.WhyNot(Encoder, Networks.ModelTask.Encoder) is { } why)
            errors.Refuse(nameof(Encoder), Encoder, why);
    }
}
