using DoorAgent.Hardware.Settings;
using DoorAgent.Networks;

namespace DoorAgent.Encodings;

/// <summary>Which encoder and which use of mirror images an empty gallery takes; afterwards the gallery names its own.</summary>
internal sealed class EncodingOptions : ICheckedOptions
{
    public const string Both = "both";
    public const string Enrolment = "enrolment";
    public const string Off = "off";

    public static string Section => "Encodings";

    [Setting("The encoder that an empty gallery takes; afterwards the gallery names its own. door-encoder is the built-in one.",
        Form = "an id of the catalogue, see `dooragent models list`")]
    public string Encoder { get; set; } = Catalogue.BuiltInEncoder;

    [Setting("Which encodings include the face's mirror image: those of enrolled pictures and of faces at the door (twice the time for "
        + "each frame), those of enrolled pictures alone, or none. An empty gallery takes the rule of comparison 'nearest' with this use; "
        + "afterwards the gallery names its own, see `dooragent people rule`.")]
    [OneOf(Both, Enrolment, Off)]
    public string Flip { get; set; } = Off;

    /// <summary>The value of <see cref="Flip"/>.</summary>
    public FlipUse FlipUse => Flip switch
    {
        Both => FlipUse.Both,
        Enrolment => FlipUse.Enrolment,
        _ => FlipUse.Off,
    };

    public void Check(OptionErrors errors)
    {
        // Added networks lie in model directories, which options do not know: the pipeline finds them.
        if (!AddedNetwork.IsId(Encoder) && Catalogue.Embedded.WhyNot(Encoder, ModelTask.Encoder) is { } why)
            errors.Refuse(nameof(Encoder), Encoder, why);
    }
}
