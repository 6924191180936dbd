using DoorAgent.Hardware.Settings;

namespace DoorAgent.Faces;

/// <summary>Which faces are looked at.</summary>
internal sealed class FaceOptions : ICheckedOptions
{
    public static string Section => "Faces";

    [Setting("The detector. door-detector is the built-in one.", Form = "an id of the catalogue, see `dooragent models list`")]
    public string Detector { get; set; } = Networks.Catalogue.BuiltInDetector;

    [Setting("The least width of a face, in pixels."), Range(20, 400)]
    public int MinFaceWidth { get; set; } = 60;

    [Setting("A further face counts when its area is at least this part of the main one."), Range(0.1, 1)]
    public double SecondFaceRatio { get; set; } = 0.4;

    [Setting("The least mean brightness of a face, 0 to 255. Darker is TooDark."), Range(5, 100)]
    public double MinBrightness { get; set; } = 30;

    [Setting("The least sharpness of a face. At 0.008 a blur of a fortieth of the face's width, "
        + "or a movement of a tenth, is less. Less is Blurred.")]
    [Range(0, 1)]
    public double MinSharpness { get; set; } = 0.008;

    [Setting("How far to a side a face may be turned. More is FaceTurned."), Range(0.1, 2)]
    public double MaxTurn { get; set; } = 0.9;

    /// <summary>The same options with another detector.</summary>
    public FaceOptions WithDetector(string detector)
    {
        FaceOptions options = (FaceOptions)MemberwiseClone();
        options.Detector = detector;
        return options;
    }

    public void Check(OptionErrors errors)
    {
        if (Networks.Catalogue.Embedded.WhyNot(Detector, Networks.ModelTask.Detector) is { } why)
            errors.Refuse(nameof(Detector), Detector, why);
    }
}
